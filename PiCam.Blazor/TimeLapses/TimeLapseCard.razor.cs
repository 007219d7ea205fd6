using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Media;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.TimeLapses;

/// <summary>One time-lapse: how far it has come, its newest pictures, what it missed, and what can be done with it.</summary>
public sealed partial class TimeLapseCard : LiveComponent
{
    private const int Shown = 6;

    private IReadOnlyList<MediaItem> newest = [];
    private (string Sequence, int Taken)? loaded;

    // What can make a film is looked for only when somebody wants one.
    private bool filmOpened;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeLapse Lapse { get; set; } = default!;

    [Inject]
    private TimeLapseBook Book { get; set; } = default!;

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayCapture => Caller.May(Permission.Capture);

    private bool Runs => Lapse.Condition == TimeLapseCondition.Running;

    private string Plan
    {
        get
        {
            var plan = Lapse.Plan;
            string?[] parts =
            [
                T["TimeLapseEvery", T.SayExactly(plan.Interval)],
                plan.Window is { } window ? string.Create(CultureInfo.CurrentCulture, $"{window.From:t}–{window.To:t}") : null,
                plan.ByDaylight ? T["TimeLapseHoursDaylight"].Value : null,
                plan.Until is { } until ? T["TimeLapseUntil", until.ToString("g", CultureInfo.CurrentCulture)].Value : null,
                T["TimeLapseLook" + plan.Look],
            ];
            return string.Join(" · ", parts.OfType<string>());
        }
    }

    private string? Next => !Runs ? null
        : Lapse.Next is not { } at ? T["TimeLapseBegins"].Value
        : at - Time.GetUtcNow() is var left && left <= TimeSpan.Zero ? T["TakingPicture"].Value
        : left < TimeSpan.FromHours(1) ? T["TimeLapseNext", T.SayExactly(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)))].Value
        : T["TimeLapseNextAt", Local(at).ToString("g", CultureInfo.CurrentCulture)].Value;

    // Of one that rests at night nobody can say so without counting the nights; its end by time is certain.
    private TimeSpan? TimeLeft => !Runs ? null
        : Lapse.Plan.Until is { } until ? until > Time.GetUtcNow() ? until - Time.GetUtcNow() : TimeSpan.Zero
        : Lapse is { Left: > 0 and var left, Plan: { Window: null, ByDaylight: false } } ? (Lapse.PictureTime is { } time && time > Lapse.Plan.Interval ? time : Lapse.Plan.Interval) * left
        : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        PulseEvery(Time, TimeSpan.FromSeconds(0.5), () => Runs);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == (Lapse.Sequence, Lapse.Taken))
        {
            return;
        }

        loaded = (Lapse.Sequence, Lapse.Taken);
        await Action.RunAsync(async () =>
        {
            var page = await Library.PageAsync(Caller, new MediaQuery { Kinds = [MediaKind.TimeLapse], Sequence = Lapse.Sequence, Count = Shown }, Stopping);
            newest = [.. page.Entries.Select(entry => entry.Item)];
        }, Stopping);
    }

    private string When(MissedTimes missed)
    {
        var (from, to) = (Local(missed.From), Local(missed.To));
        var first = from.ToString("g", CultureInfo.CurrentCulture);
        return missed.Count == 1 ? first : first + " – " + to.ToString(from.Date == to.Date ? "t" : "g", CultureInfo.CurrentCulture);
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Time.LocalTimeZone);

    // When another one runs, the button says that it stops that one.
    private Task StartAsync() => Action.RunAsync(() => Book.BeginAsync(Caller, Lapse.Id, takeOver: Book.Running is not null));

    private Task StopAsync() => Action.RunAsync(() => Book.EndAsync(Caller, Lapse.Id));

    private Task RemoveAsync() => Action.RunAsync(async () =>
    {
        var removed = await Book.RemoveAsync(Caller, Lapse.Id);
        Snackbar.OfferUndo(T, T["TimeLapseRemoved", removed.Plan.Name], () => Action.RunAsync(() => Book.RestoreAsync(Caller, removed)));
    });
}

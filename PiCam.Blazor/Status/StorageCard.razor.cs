using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Status;

/// <summary>What takes the library's room, for how long there is some left, and the rules by which the oldest go.</summary>
public sealed partial class StorageCard : LiveComponent
{
    private const int ChartDays = 30;
    private const double LongDays = 365;

    // To add up a large library takes a moment.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly double[] Reserves = [0, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
    private static readonly double[] Quotas = [0, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000];
    private static readonly double[] Ages = [0, 3, 7, 14, 30, 60, 90, 180, 365];

    private readonly List<(DateOnly Day, IReadOnlyList<(MediaKind Kind, long Bytes)> Parts)> columns = [];
    private int isStale = 1;
    private MediaUsage? usage;
    private long highest;

    // What was chosen, while it is asked whether what goes by it may go.
    private MediaRules? wanted;
    private MediaLoss? loss;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private MediaStorage Storage { get; set; } = default!;

    [Inject]
    private MediaRetention Retention { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private DateOnly Today => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    private double? DaysLeft => usage!.DaysLeft(Today, Storage.State.FreeBytes, Retention.Rules);

    private string Forecast
    {
        get
        {
            var perDay = QuantityTexts.Bytes((long)usage!.BytesPerDay(Today));
            return DaysLeft switch
            {
                null => T[!usage.IsFirstDay(Today) ? "StorageQuiet" : usage.RoomLeft(Storage.State.FreeBytes, Retention.Rules) is null ? "StorageToday" : "StorageFirstDay", perDay],
                > LongDays => T["StorageLasts", perDay],
                { } days => T["StorageDaysLeft", perDay, Math.Floor(days)],
            };
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= Spoil;
        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Library.Changed += Spoil;
        Follow(pulse => Retention.Changed += pulse, pulse => Retention.Changed -= pulse);
        PulseEvery(Time, LookInterval, () => Volatile.Read(ref isStale) == 1);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Interlocked.Exchange(ref isStale, 0) == 1)
        {
            await Action.RunAsync(async () => Show(await Library.UsageAsync(Caller, Stopping)), Stopping);
            StateHasChanged();
        }
    }

    private static string Colour(MediaKind kind) => "kind-" + (int)kind;

    private static Dictionary<MediaKind, int> With(IReadOnlyDictionary<MediaKind, int> before, MediaKind kind, int days) =>
        before.Where(kept => kept.Key != kind).Concat(days > 0 ? [KeyValuePair.Create(kind, days)] : []).ToDictionary();

    private static string Megabytes(double megabytes) => QuantityTexts.Bytes((long)megabytes * 1_000_000);

    private static string DayText(DateOnly day, IReadOnlyList<(MediaKind Kind, long Bytes)> parts) =>
        $"{day.ToString("m", CultureInfo.CurrentCulture)}: {QuantityTexts.Bytes(parts.Sum(part => part.Bytes))}";

    private void Spoil(MediaChange change) => Volatile.Write(ref isStale, 1);

    private string Percent(long bytes) => (100.0 * bytes / Math.Max(1, highest)).ToString("0.##", CultureInfo.InvariantCulture);

    private void Show(MediaUsage now)
    {
        usage = now;
        var byDay = now.Days.ToLookup(use => use.Day);
        columns.Clear();
        for (var day = Today.AddDays(1 - ChartDays); day <= Today; day = day.AddDays(1))
        {
            columns.Add((day, [.. byDay[day].Select(use => (use.Kind, use.Bytes))]));
        }

        highest = columns.Max(column => column.Parts.Sum(part => part.Bytes));
    }

    private async Task AskAsync(Func<MediaRules, MediaRules> change)
    {
        await Action.RunAsync(async () =>
        {
            var next = change(wanted ?? Retention.Rules);
            var goes = await Retention.PreviewAsync(Caller, next, Stopping);
            if (goes.Count > 0)
            {
                (wanted, loss) = (next, goes);
                return;
            }

            Withdraw();
            await Retention.SetAsync(Caller, _ => next);
        }, Stopping);

        // A menu renders itself only.
        StateHasChanged();
    }

    private Task ConfirmAsync() => Action.RunAsync(async () =>
    {
        var next = wanted!;
        Withdraw();
        await Retention.SetAsync(Caller, _ => next);
    });

    private void Withdraw() => (wanted, loss) = (null, null);
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.Media;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Films;

/// <summary>Makes a film of a run's pictures, shows how far it is, and plays those that were made. The work goes on when the page is left.</summary>
public sealed partial class FilmPanel : LiveComponent
{
    private static readonly int[] UsualRates = [5, 10, 15, 24, 25, 30, 50, 60];
    private static readonly int[] UsualHeights = [1080, 720, 480];

    // Several panels may be on one page.
    private readonly string titleId = $"film-{Guid.NewGuid():n}";

    private FilmSettings settings = new();
    private Reason? fault;
    private int? pictures;
    private IReadOnlyList<MediaItem> films = [];
    private string? loaded;
    private volatile bool isStale = true;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>The run's id.</summary>
    [Parameter, EditorRequired]
    public string Sequence { get; set; } = "";

    [Inject]
    private FilmMaker Maker { get; set; } = default!;

    [Inject]
    private TimeLapseBook Book { get; set; } = default!;

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayMake => Caller.May(Permission.Capture);

    private static IEnumerable<(string Value, string Text)> Rates => UsualRates.Select(rate => (Number(rate), $"{rate} fps"));

    private IEnumerable<(string Value, string Text)> Sizes =>
        UsualHeights.Select(height => (Number(height), $"{height}p")).Prepend((Number(FilmSettings.Highest), T["FilmSizeFull"].Value));

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= Renew;
        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Maker.Changed += pulse, pulse => Maker.Changed -= pulse);
        Library.Changed += Renew;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && MayMake)
        {
            await Action.RunAsync(async () => fault = await Maker.FaultAsync(Stopping), Stopping);
        }

        if (!isStale && loaded == Sequence)
        {
            return;
        }

        // What changes from here on is loaded by the next render.
        isStale = false;
        var sequence = loaded = Sequence;
        await Action.RunAsync(() => LoadAsync(sequence), Stopping);
        StateHasChanged();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.CurrentCulture);

    private static string Facts(MediaItem item) =>
        string.Join(" · ", new[] { item.Duration is { } d ? $"{Seconds(d)} s" : null, $"{item.Size}", QuantityTexts.Bytes(item.Bytes) }.Where(fact => !string.IsNullOrEmpty(fact)));

    private string Words(Film film)
    {
        var words = film.State switch
        {
            FilmState.Queued => T["FilmQueued"].Value,
            FilmState.Making => T["FilmMaking", film.Done, film.Pictures].Value,
            _ => T["FilmVerifying", film.Done, film.Pictures - film.Skipped].Value,
        };
        return film.TimeLeft is { } left ? $"{words} · {T["FilmTimeLeft", T.Say(left)]}" : words;
    }

    private async Task LoadAsync(string sequence)
    {
        if (MayMake)
        {
            pictures = await Maker.CountAsync(Caller, sequence, Stopping);
        }

        var ids = await Library.IdsAsync(Caller, new MediaQuery { Sequence = sequence, Kinds = [MediaKind.Film] }, Stopping);
        films = await Library.FindAsync(Caller, ids, Stopping);
    }

    private void Renew(MediaChange change)
    {
        isStale = true;
        Pulse();
    }

    private Task ChooseRate(string? rate)
    {
        settings = settings with { FramesPerSecond = int.Parse(rate ?? "", CultureInfo.InvariantCulture) };

        // The menu draws only itself anew; the length and the choice are drawn here.
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task ChooseSize(string? height)
    {
        settings = settings with { Height = int.Parse(height ?? "", CultureInfo.InvariantCulture) };
        StateHasChanged();
        return Task.CompletedTask;
    }

    // Not with the page: who leaves after pressing the button still wants the film.
    private Task MakeAsync() => Action.RunAsync(() => Maker.MakeAsync(Caller, Sequence, settings, Book.NameOf(Sequence), CancellationToken.None));

    private Task CancelAsync(Film film) => Action.RunAsync(() => Maker.CancelAsync(Caller, film.Id));

    private Task RestoreAsync(Film film) => Action.RunAsync(() => Maker.RestoreAsync(Caller, film.Id));
}

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>Plays a film: by the browser, or, where browsers cannot decode it, picture by picture from the panel.</summary>
public sealed partial class FilmPlayer : LiveComponent
{
    private static readonly double[] Rates = [0.25, 0.5, 1, 2, 4, 8];

    private ElementReference root;
    private PageScript? script;
    private TimeSpan length;
    private TimeSpan frame;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>The film; another one is another player.</summary>
    [Parameter, EditorRequired]
    public MediaItem Item { get; set; } = default!;

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private FilmEditor Editor { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayTake => Caller.May(Permission.Capture);

    // No browser plays AVI.
    private bool IsServed => Path.GetExtension(Item.Path) == ".avi";

    /// <summary>Called by the script: what is shown is to be a picture of its own.</summary>
    /// <param name="at">In seconds from the film's beginning.</param>
    [JSInvokable]
    public Task StillAsync(double at) => KeepAsync("FilmStillKept", "SequenceShow", () => Editor.TakeStillAsync(Caller, Item.Id, TimeSpan.FromSeconds(at), Stopping));

    /// <summary>Called by the script: a part is to be a film of its own.</summary>
    /// <param name="from">In seconds from the film's beginning.</param>
    /// <param name="to">Later.</param>
    [JSInvokable]
    public Task CutAsync(double from, double to) =>
        KeepAsync("FilmClipKept", "RecordPlay", () => Editor.CutAsync(Caller, Item.Id, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), Stopping));

    public override async ValueTask DisposeAsync()
    {
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        base.OnInitialized();
        length = Item.Duration ?? TimeSpan.Zero;
        if (IsServed)
        {
            await Action.RunAsync(async () =>
            {
                var content = await Library.InspectAsync(Caller, Item, Stopping);
                (length, frame) = (content.Duration, content.Duration / Math.Max(1, content.Frames));
            }, Stopping);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Of what the panel serves, the length comes a moment later.
        if (script is null && (!IsServed || frame > TimeSpan.Zero))
        {
            script = new PageScript(Js, "./Library/FilmPlayer.razor.js");
            await script.AttachAsync(root, this);
        }
    }

    private Task KeepAsync(string said, string shows, Func<Task<MediaItem>> keepAsync) => Action.RunAsync(async () =>
    {
        var kept = await keepAsync();
        Snackbar.Add(T[said, kept.Name], Severity.Success, Navigation.Link(T[shows], new LibraryAddress { Item = kept.Id }.ToString()));
    }, Stopping);
}

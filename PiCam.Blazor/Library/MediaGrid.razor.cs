using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>The library's small pictures by day. The page is as long as the library; what is on the screen is in it, and a screen more on either side.</summary>
public sealed partial class MediaGrid : LiveComponent
{
    // A time-lapse adds a picture every half second; nobody sees more than this. Counting the days of a large library takes a while
    // on a small board, which has other things to do: it never does so for more than a fifth of the time.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);
    private const int RestPerWork = 4;

    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private TimelineView? view;
    private LibraryAddress? wanted;
    private LibraryAddress? shown;
    private ElementReference root;
    private PageScript? script;
    private volatile bool daysChanged;
    private Task following = Task.CompletedTask;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>What to show.</summary>
    [Parameter, EditorRequired]
    public LibraryAddress Address { get; set; } = default!;

    [Parameter, EditorRequired]
    public LibrarySelection Selection { get; set; } = default!;

    /// <summary>A click selects instead of opening.</summary>
    [Parameter]
    public bool IsSelecting { get; set; }

    /// <summary>Shown when there is nothing.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>Somebody selects an entry, or all from the last one to it.</summary>
    [Parameter]
    public EventCallback<(MediaEntry Entry, bool Extends)> Picked { get; set; }

    /// <summary>Somebody selects a day.</summary>
    [Parameter]
    public EventCallback<DateOnly> DayPicked { get; set; }

    /// <summary>Somebody selects everything.</summary>
    [Parameter]
    public EventCallback AllPicked { get; set; }

    /// <summary>Another timeline is shown, or this one has changed.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<MediaDay>> DaysChanged { get; set; }

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    // The script keeps the place on each timeline under this.
    private string ShownKey => shown?.ToString() ?? "";

    private DateOnly Today => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    /// <summary>Scrolls to the newest day that is not after this one.</summary>
    public async Task JumpAsync(DateOnly day)
    {
        if (script is not null && view?.Timeline is { } timeline)
        {
            await script.CallAsync<object>("scrollTo", timeline.TopOf(day));
        }
    }

    /// <summary>Called by the script: what is on the screen now, in pixels of the timeline, and how the tiles fit.</summary>
    [JSInvokable]
    public Task LookAsync(double from, double to, int columns, double rowHeight) => DoAsync(async view =>
    {
        if (columns is >= 1 and <= 100 && rowHeight is >= 20 and <= 10_000 && double.IsFinite(from) && to - from is > 0 and <= 100_000)
        {
            await view.LookAsync(from, to, columns, rowHeight, Stopping);
        }
    });

    /// <summary>Called by the script: a tile was selected.</summary>
    [JSInvokable]
    public Task PickAsync(string id, bool extends) =>
        view?.Find(id) is { } entry ? Picked.InvokeAsync((entry, extends)) : Task.CompletedTask;

    /// <summary>Called by the script: Ctrl+A.</summary>
    [JSInvokable]
    public Task PickAllAsync() => AllPicked.InvokeAsync();

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= OnChanged;
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
        await following;
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        view = new TimelineView(Library, Caller);
        Library.Changed += OnChanged;
        following = FollowAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var place = Address.Place;
        if (place != wanted)
        {
            wanted = place;
            await DoAsync(async view =>
            {
                await view.OpenAsync(place.Query(Time.LocalTimeZone), Stopping);
                shown = place;
                await DaysChanged.InvokeAsync(view.Timeline!.Days);
            });
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Library/MediaGrid.razor.js");
            await script.AttachAsync(root, this);
        }
    }

    private static string KindIcon(MediaKind kind) => kind switch
    {
        MediaKind.TimeLapse => Icons.Material.Outlined.Timelapse,
        MediaKind.Bracket => Icons.Material.Outlined.Exposure,
        MediaKind.Focus => Icons.Material.Outlined.CenterFocusStrong,
        _ => Icons.Material.Outlined.BurstMode,
    };

    private static string HeadingId(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"day-{day:yyyyMMdd}");

    private static string Px(double pixels) => string.Create(CultureInfo.InvariantCulture, $"{pixels:0.##}px");

    private static string Pair((double From, double To) seen) => string.Create(CultureInfo.InvariantCulture, $"{seen.From:0.##} {seen.To:0.##}");

    private string Open(MediaEntry entry) =>
        (entry.Count > 1 ? Address.Place with { Sequence = entry.Item.Sequence } : Address.Place with { Item = entry.Item.Id }).ToString();

    private void OnChanged(MediaChange change)
    {
        daysChanged |= change.Kind != MediaChangeKind.Edited;
        changes.Writer.TryWrite(true);
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await changes.Reader.ReadAsync(Stopping);
                var started = Time.GetTimestamp();
                await InvokeAsync(() => DoAsync(async view =>
                {
                    var days = daysChanged;
                    daysChanged = false;
                    await view.RefreshAsync(days, Stopping);
                    if (days)
                    {
                        await DaysChanged.InvokeAsync(view.Timeline!.Days);
                    }
                }));
                var rest = Time.GetElapsedTime(started) * RestPerWork;
                await Task.Delay(rest > RefreshInterval ? rest : RefreshInterval, Time, Stopping);
            }
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The page has gone.
        }
    }

    private Task DoAsync(Func<TimelineView, Task> work) => Action.RunAsync(async () =>
    {
        await work(view!);
        StateHasChanged();
    }, Stopping);
}

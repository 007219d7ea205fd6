using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Frames.Sizes;
using PiCam.Core.Packets;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live;

/// <summary>The picture, and nothing else, by the transport that the person chose. A tab that is hidden asks for nothing.</summary>
public sealed partial class LiveImage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private volatile TaskCompletionSource left = Pending();
    private ElementReference root;
    private PageScript? script;
    private Task watching = Task.CompletedTask;
    private TaskCompletionSource? acknowledged;
    private readonly TaskCompletionSource attached = Pending();
    private TaskCompletionSource visible = Completed();
    private TransportKind transport;
    private bool redraw = true;
    private volatile bool cleared = true;
    private string? picture;
    private long sequence;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Told of every frame that the browser has shown.</summary>
    [Parameter, EditorRequired]
    public ViewerStatistics Statistics { get; set; } = default!;

    [Parameter]
    public TransportKind Transport { get; set; }

    [Inject]
    private CameraSession Session { get; set; } = default!;

    [Inject]
    private FrameSizes Sizes { get; set; } = default!;

    [Inject]
    private Viewers Viewers { get; set; } = default!;

    [Inject]
    private PageStreams Streams { get; set; } = default!;

    [Inject]
    private LiveFilms Films { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private CircuitConnection Connection { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ILogger<LiveImage> Logger { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Called by the browser when the picture can be seen, or no longer.</summary>
    [JSInvokable]
    public void SetVisible(bool isVisible)
    {
        if (isVisible)
        {
            visible.TrySetResult();
        }
        else if (visible.Task.IsCompleted)
        {
            visible = Pending();
            Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Session.Changed -= LeaveWhenPrivate;
        script?.Leave();
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
        if (script is not null)
        {
            await script.DisposeAsync();
        }
    }

    protected override void OnInitialized()
    {
        transport = Transport;
        Session.Changed += LeaveWhenPrivate;
    }

    protected override void OnParametersSet()
    {
        if (transport != Transport)
        {
            transport = Transport;
            Leave();
        }
    }

    // Only this component's own loop draws it: a render for any other reason would be taken for an acknowledgement.
    protected override bool ShouldRender()
    {
        var render = redraw;
        redraw = false;
        return render;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        acknowledged?.TrySetResult();
        if (firstRender)
        {
            // At once: the first picture needs no script of ours.
            watching = Task.Run(WatchAsync);
            script = new PageScript(Js, "./Live/LiveImage.razor.js");
            await script.AttachAsync(root, this);
            if (script.Attached is not null)
            {
                attached.SetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private static TaskCompletionSource Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync()
    {
        var source = new LiveSource(Caller, Session, Sizes, Viewers, Statistics, Time, stopping.Token);
        var auto = new AutoTransport(source, new AutoChoice(), Make, CanFilmAsync);
        try
        {
            // What there was last, even if the camera is lost, beats an empty page; but not where the next comes as soon, and may be smaller.
            var comesSoon = Session.State.Condition == CameraCondition.Live && !source.HasLongFrames && transport is TransportKind.Base64 or TransportKind.Auto;
            if (Session.Frames.Latest is { } latest && !comesSoon)
            {
                await (await DrawAsync(latest)).WaitAsync(stopping.Token);
            }

            while (true)
            {
                await visible.Task.WaitAsync(stopping.Token);
                await Connection.Up.WaitAsync(stopping.Token);

                // From here on a change is noticed; what changed before is looked at now.
                left = Pending();
                if (Session.State.Condition == CameraCondition.Private && !cleared)
                {
                    await ClearAsync();
                }

                var kind = transport;
                if (kind is not (TransportKind.Base64 or TransportKind.Auto))
                {
                    await attached.Task.WaitAsync(stopping.Token);
                }

                if (visible.Task.IsCompleted)
                {
                    if (kind == TransportKind.H264 && !await CanFilmAsync(Connection.Broken))
                    {
                        kind = TransportKind.Base64;
                        Statistics.Carry(kind, AutoReason.NoFilm);
                    }
                    else if (kind != TransportKind.Auto)
                    {
                        Statistics.Carry(kind, null);
                    }

                    await WatchUntilLeftAsync(kind == TransportKind.Auto ? auto : Make(kind, source));
                }

                stopping.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The page has gone.
        }
    }

    private ILiveTransport Make(TransportKind kind, LiveSource source) => kind switch
    {
        TransportKind.Binary => new BinaryTransport(source, PaintAsync, Logger),
        TransportKind.Mjpeg => new StreamTransport(
            source, Streams, key => CallAsync("startStream", PublicEndpoints.Stream + "?page=" + key), () => CallAsync("stopStream")),
        TransportKind.H264 => new StreamTransport(
            source, Streams, key => CallAsync("startFilm", PublicEndpoints.Film + "?page=" + key), () => CallAsync("stopFilm")),
        _ => new Base64Transport(source, DrawAsync),
    };

    private async Task WatchUntilLeftAsync(ILiveTransport carrier)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, Connection.Broken);
        var carrying = carrier.WatchAsync(leaving.Token);
        await Task.WhenAny(carrying, left.Task);
        await leaving.CancelAsync();
        await carrying;
    }

    // Whoever calls this must not be held up: the watching goes on elsewhere.
    private void Leave() => left.TrySetResult();

    /// <summary>Puts the frame on the page.</summary>
    /// <returns>Completes when the browser has acknowledged it.</returns>
    private async Task<Task> DrawAsync(Frame frame)
    {
        var mine = Pending();
        await InvokeAsync(() =>
        {
            acknowledged = mine;
            (picture, sequence) = (frame.DataUri, frame.Sequence);
            Redraw();
        });
        return mine.Task;
    }

    private void Redraw()
    {
        (redraw, cleared) = (true, false);
        StateHasChanged();
    }

    private void LeaveWhenPrivate()
    {
        if (Session.State.Condition == CameraCondition.Private && !cleared)
        {
            Leave();
        }
    }

    /// <summary>The camera was switched off on purpose: nothing that it saw stays in the page.</summary>
    private async Task ClearAsync()
    {
        await InvokeAsync(() =>
        {
            picture = null;
            Redraw();
        });
        if (attached.Task.IsCompleted)
        {
            await CallAsync("clear");
        }

        cleared = true;
    }
}

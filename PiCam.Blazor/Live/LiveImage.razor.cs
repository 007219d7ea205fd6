using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live;

/// <summary>
/// The picture, and nothing else: base64 image updates over the circuit, one in flight. The next frame goes out only when
/// the browser has acknowledged the last, so a slow link skips frames instead of falling behind. A tab that is hidden asks
/// for nothing.
/// </summary>
public sealed partial class LiveImage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private DotNetObjectReference<LiveImage>? self;
    private IJSObjectReference? visibility;
    private Task sending = Task.CompletedTask;
    private TaskCompletionSource? acknowledged;
    private TaskCompletionSource visible = Completed();
    private bool newFrame;
    private string? source;
    private long sequence;
    private long skippedBefore;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Told of every frame that the browser has shown.</summary>
    [Parameter, EditorRequired]
    public ViewerStatistics Statistics { get; set; } = default!;

    [Inject]
    private CameraSession Session { get; set; } = default!;

    [Inject]
    private Viewers Viewers { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private CircuitConnection Connection { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Called by the browser when the tab is hidden or shown.</summary>
    [JSInvokable]
    public void SetVisible(bool isVisible)
    {
        if (isVisible)
        {
            visible.TrySetResult();
        }
        else if (visible.Task.IsCompleted)
        {
            visible = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sending;
        stopping.Dispose();
        try
        {
            if (visibility is not null)
            {
                await visibility.InvokeVoidAsync("stop");
                await visibility.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its listener with it.
        }

        self?.Dispose();
    }

    // Only this component's own loop draws it: a render for any other reason would be taken for an acknowledgement.
    protected override bool ShouldRender()
    {
        var render = newFrame;
        newFrame = false;
        return render;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        acknowledged?.TrySetResult();
        if (firstRender)
        {
            sending = Task.Run(SendFramesAsync);
            self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Live/LiveImage.razor.js");
            visibility = await module.InvokeAsync<IJSObjectReference>("watchVisibility", self);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task SendFramesAsync()
    {
        try
        {
            // What there is now, even if the camera is lost, beats an empty page.
            if (Session.Frames.Latest is { } latest)
            {
                await (await DrawAsync(latest)).WaitAsync(stopping.Token);
            }

            while (true)
            {
                await visible.Task.WaitAsync(stopping.Token);
                await WatchAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The page has gone.
        }
    }

    /// <summary>Sends frames until the tab is hidden or the connection is cut: who does not watch is no viewer.</summary>
    private async Task WatchAsync()
    {
        Task shown;
        using (Viewers.Enter(Caller, ViewerKind.Page))
        using (var subscription = Session.Frames.Subscribe())
        {
            do
            {
                var frame = await subscription.NextAsync(stopping.Token);
                shown = await DrawAsync(frame);
                if (await Task.WhenAny(shown, Connection.Down).WaitAsync(stopping.Token) == shown)
                {
                    Statistics.Shown(Time.GetElapsedTime(frame.CapturedAt), skippedBefore + subscription.Skipped);
                }
            }
            while (visible.Task.IsCompleted && shown.IsCompleted);
            skippedBefore += subscription.Skipped;
        }

        // After a cut the browser gets the frame that was under way first, and acknowledges it then.
        await shown.WaitAsync(stopping.Token);
    }

    /// <summary>Puts the frame on the page.</summary>
    /// <returns>Completes when the browser has acknowledged it.</returns>
    private async Task<Task> DrawAsync(Frame frame)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await InvokeAsync(() =>
        {
            acknowledged = mine;
            source = frame.DataUri;
            sequence = frame.Sequence;
            newFrame = true;
            StateHasChanged();
        });
        return mine.Task;
    }
}

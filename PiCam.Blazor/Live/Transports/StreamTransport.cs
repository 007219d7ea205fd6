using Microsoft.JSInterop;
using PiCam.Core;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live.Transports;

/// <summary>
/// A stream of the page's own: multipart JPEG in an image element, or the film over a socket. A browser says nothing when such a stream
/// breaks off, so the server, which knows, has the page ask for it again.
/// </summary>
/// <param name="source">What to show.</param>
/// <param name="streams">Where the stream's endpoint tells how it fares.</param>
/// <param name="start">Has the browser ask for the stream with this key.</param>
/// <param name="stop">Has the browser let go of it; the last picture stays.</param>
internal sealed class StreamTransport(LiveSource source, PageStreams streams, Func<string, Task> start, Func<Task> stop) : ILiveTransport
{
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The stream that the page watches now; null: none.</summary>
    public PageStream? Stream { get; private set; }

    public async Task WatchAsync(CancellationToken leaving)
    {
        using var stream = streams.Expect(source.Caller, source.Statistics);
        Stream = stream;
        var pause = FirstPause;
        try
        {
            while (true)
            {
                await WhenNotPrivateAsync(leaving).ConfigureAwait(false);
                await start(stream.Key).WaitAsync(leaving).ConfigureAwait(false);
                if (await OpensAsync(stream, leaving).ConfigureAwait(false))
                {
                    var opened = source.Time.GetTimestamp();
                    await stream.WhenClosed.WaitAsync(leaving).ConfigureAwait(false);

                    // One that breaks off at once each time is not worth trying twice a second.
                    pause = source.Time.GetElapsedTime(opened) > LongestPause ? FirstPause : pause;
                }

                await Task.Delay(pause, source.Time, leaving).ConfigureAwait(false);
                pause = Backoff.Doubled(pause, LongestPause);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            await stop().ConfigureAwait(false);
        }
        catch (JSDisconnectedException)
        {
            // The page has gone, and its stream with it.
        }

        Stream = null;
    }

    // While the camera is off on purpose a stream would be refused, and asked for again only after a while.
    private async Task WhenNotPrivateAsync(CancellationToken leaving)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (source.Session.State.Condition != CameraCondition.Private)
            {
                over.TrySetResult();
            }
        }

        source.Session.Changed += Look;
        try
        {
            Look();
            await over.Task.WaitAsync(leaving).ConfigureAwait(false);
        }
        finally
        {
            source.Session.Changed -= Look;
        }
    }

    private async Task<bool> OpensAsync(PageStream stream, CancellationToken leaving)
    {
        try
        {
            await stream.WhenOpen.WaitAsync(OpeningPatience, source.Time, leaving).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

using PiCam.Core.Frames;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live.Transports;

/// <summary>
/// Base64 in the render tree, one picture in flight: the next goes out when the browser has acknowledged the last, so a slow
/// link skips frames instead of falling behind. The framework itself carries it over a reconnect.
/// </summary>
/// <param name="source">What to show.</param>
/// <param name="draw">Puts a frame on the page; the inner task completes when the browser has acknowledged it.</param>
internal sealed class Base64Transport(LiveSource source, Func<Frame, Task<Task>> draw) : ILiveTransport
{
    public async Task WatchAsync(CancellationToken leaving)
    {
        var shown = Task.CompletedTask;
        using (source.Viewers.Enter(source.Caller, ViewerKind.Page))
        using (var subscription = source.Sizes.Subscribe(source.First))
        {
            try
            {
                while (true)
                {
                    var frame = await subscription.NextAsync(leaving).ConfigureAwait(false);
                    var sent = source.Time.GetTimestamp();
                    shown = await draw(frame).ConfigureAwait(false);
                    await shown.WaitAsync(leaving).ConfigureAwait(false);
                    subscription.Acknowledged(source.Time.GetElapsedTime(sent));
                    source.Sized?.Invoke(subscription.Size, subscription.Took);
                    source.Statistics.Shown(frame.Size, source.Time.GetElapsedTime(frame.CapturedAt), subscription.Skipped);
                }
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                // Nobody looks any more.
            }

            source.Statistics.Leave(subscription.Skipped);
        }

        // After a cut the browser gets the frame that was under way first, and acknowledges it then.
        await shown.WaitAsync(source.PageGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

using Microsoft.JSInterop;
using PiCam.Core.Frames;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live.Transports;

/// <summary>
/// The JPEG's own bytes to a script that paints them on a canvas, one call in flight. A third less to carry than base64; but
/// the framework does not repeat a call that a cut swallowed, so each has a time-out and ends with the connection.
/// </summary>
/// <param name="source">What to show.</param>
/// <param name="paint">Hands a frame to the browser; completes when it is painted.</param>
/// <param name="logger">Told of pictures that the browser could not decode.</param>
internal sealed partial class BinaryTransport(LiveSource source, Func<Frame, CancellationToken, Task> paint, ILogger logger) : ILiveTransport
{
    /// <summary>After this the next frame goes out; a browser that paints more slowly than that shows nothing live anyway.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task WatchAsync(CancellationToken leaving)
    {
        using var presence = source.Viewers.Enter(source.Caller, ViewerKind.Page);
        using var subscription = source.Sizes.Subscribe(source.First);
        try
        {
            while (true)
            {
                var frame = await subscription.NextAsync(leaving).ConfigureAwait(false);
                var sent = source.Time.GetTimestamp();
                var painted = await PaintAsync(frame, leaving).ConfigureAwait(false);
                subscription.Acknowledged(source.Time.GetElapsedTime(sent));
                source.Sized?.Invoke(subscription.Size, subscription.Took);
                if (painted)
                {
                    source.Statistics.Shown(frame.Size, source.Time.GetElapsedTime(frame.CapturedAt), subscription.Skipped);
                }
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (JSDisconnectedException)
        {
            // The page has gone.
        }

        source.Statistics.Leave(subscription.Skipped);
    }

    private async Task<bool> PaintAsync(Frame frame, CancellationToken leaving)
    {
        using var patience = new CancellationTokenSource(Patience, source.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, leaving);
        try
        {
            await paint(frame, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !leaving.IsCancellationRequested)
        {
            return false;
        }
        catch (JSException refused)
        {
            LogNotPainted(frame.Sequence, refused.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The browser could not paint picture {Sequence}: {Reason}")]
    private partial void LogNotPainted(long sequence, string reason);
}

using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Api;

/// <summary>
/// One reader of multipart JPEG. The boundary and header of the next part go out together with each picture ("eager"):
/// browsers show a part only when they see the next one begin, so this saves a whole frame time.
/// </summary>
internal sealed partial class MultipartStream(
    HttpContext context,
    IPrincipalCheck principals,
    TimeProvider time,
    PageStream? page,
    ILogger<MultipartStream> logger,
    CancellationToken stopping)
{
    public const string ContentType = "multipart/x-mixed-replace; boundary=picam";

    // R17: a reader that stopped must be gone within 10 s. The time to notice (its buffers fill first) comes on top of this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private readonly PipeWriter writer = context.Response.BodyWriter;
    private readonly Welcome welcome = new(context.User, principals, time);

    private static ReadOnlySpan<byte> FirstHeader => "--picam\r\nContent-Type: image/jpeg\r\n\r\n"u8;

    private static ReadOnlySpan<byte> NextHeader => "\r\n--picam\r\nContent-Type: image/jpeg\r\n\r\n"u8;

    /// <summary>The headers that every such answer has.</summary>
    public static void Describe(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>Sends frames until the reader goes, stops reading, or is no longer welcome, or the panel stops.</summary>
    /// <param name="subscription">Where the frames come from; the newest wins.</param>
    /// <param name="first">Sent at once.</param>
    /// <param name="interval">The least time between two frames.</param>
    public async Task SendAsync(FrameSubscription subscription, Frame first, TimeSpan interval)
    {
        // A panel that stops waits for its requests; it would wait for a stream until its patience ends.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var aborted = ending.Token;
        LimitBuffer(first);
        Describe(context.Response);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            writer.Write(FirstHeader);
            var due = TimeSpan.Zero;
            var start = time.GetTimestamp();
            for (var frame = first; await WriteAsync(frame, aborted).ConfigureAwait(false);)
            {
                page?.Sent(subscription.Skipped);

                // Due times are counted on, not from each frame, or every frame's lateness would lower the rate.
                var now = time.GetElapsedTime(start);
                due = due + interval > now - interval ? due + interval : now;
                if (due > now)
                {
                    await WaitAsync(due - now, aborted).ConfigureAwait(false);
                }

                if (!await welcome.IsStillAsync(aborted).ConfigureAwait(false)
                    || await NextAsync(subscription, aborted).ConfigureAwait(false) is not { } next)
                {
                    break;
                }

                frame = next;
            }

            context.Abort();
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The reader went away, or the panel stops: that is how every stream ends.
        }
    }

    /// <summary>
    /// Keeps the kernel from buffering seconds of pictures for a slow reader: two frames, so that one is always on the way. Over HTTP/2
    /// the page's other requests have the same connection and the same limit, and would wait behind those seconds.
    /// </summary>
    private void LimitBuffer(Frame frame)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.SendBufferSize = Math.Max(64 * 1024, 2 * frame.Jpeg.Length);
        }
    }

    /// <returns>False if the reader takes nothing any more.</returns>
    private async ValueTask<bool> WriteAsync(Frame frame, CancellationToken aborted)
    {
        writer.Write(frame.Jpeg);
        writer.Write(NextHeader);
        var flush = writer.FlushAsync(aborted);
        if (flush.IsCompletedSuccessfully)
        {
            return !(await flush.ConfigureAwait(false)).IsCompleted;
        }

        var flushing = flush.AsTask();
        try
        {
            return !(await flushing.WaitAsync(Patience, time, aborted).ConfigureAwait(false)).IsCompleted;
        }
        catch (TimeoutException)
        {
            LogDropped(Patience.TotalSeconds);
            context.Abort();
            await ((Task)flushing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    /// <summary>The next frame, or null when the reader is no longer welcome.</summary>
    private async ValueTask<Frame?> NextAsync(FrameSubscription subscription, CancellationToken aborted)
    {
        while (true)
        {
            using var pause = new CancellationTokenSource(Welcome.CheckInterval, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, aborted);
            try
            {
                return await subscription.NextAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (pause.IsCancellationRequested && !aborted.IsCancellationRequested)
            {
                // With the camera off on purpose the stream ends: its last picture would stand there as if it were live.
                if (subscription.IsClosed || !await welcome.IsStillAsync(aborted).ConfigureAwait(false))
                {
                    return null;
                }
            }
        }
    }

    private async ValueTask WaitAsync(TimeSpan span, CancellationToken aborted)
    {
        for (; span > TimeSpan.Zero && await welcome.IsStillAsync(aborted).ConfigureAwait(false); span -= Welcome.CheckInterval)
        {
            await Task.Delay(span < Welcome.CheckInterval ? span : Welcome.CheckInterval, time, aborted).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Information, "A stream's reader took nothing for {Seconds} s and was dropped")]
    private partial void LogDropped(double seconds);
}

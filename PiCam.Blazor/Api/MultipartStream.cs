using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Blazor.Streams;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Api;

/// <summary>
/// One reader of multipart JPEG. The beginning of the next part goes out together with each picture ("eager"): browsers show a part only when
/// they see the next one begin, so this saves a whole frame time. A page gets the next part's header with it, for Chromium wants to see
/// that, too (measured: 10 ms from sensor to pixel with it, 46 without); programs get the header with its picture, whose length some ask for (go2rtc).
/// </summary>
internal sealed class MultipartStream(
    HttpContext context,
    Welcome welcome,
    TimeProvider time,
    PageStream? page,
    ILogger<MultipartStream> logger,
    CancellationToken stopping)
{
    public const string ContentType = "multipart/x-mixed-replace; boundary=picam";

    // Of a length in bytes.
    private const int MostDigits = 10;

    private readonly PipeWriter writer = context.Response.BodyWriter;
    private readonly SlowReader reader = new(context.Features.Get<IConnectionSocketFeature>()?.Socket, time);

    private static ReadOnlySpan<byte> Boundary => "\r\n--picam\r\n"u8;

    private static ReadOnlySpan<byte> BoundaryAndHeader => "\r\n--picam\r\nContent-Type: image/jpeg\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Header => "Content-Type: image/jpeg\r\nContent-Length: "u8;

    private static ReadOnlySpan<byte> HeaderEnd => "\r\n\r\n"u8;

    private ReadOnlySpan<byte> Next => page is null ? Boundary : BoundaryAndHeader;

    /// <summary>The headers that every such answer has.</summary>
    public static void Describe(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>
    /// Sends frames until the reader goes, stops reading, or is no longer welcome, or the panel stops. What is done for every frame and reader
    /// allocates nothing: no timer, and no method of its own that waits.
    /// </summary>
    /// <param name="subscription">Where the frames come from; the newest wins.</param>
    /// <param name="first">Sent at once.</param>
    /// <param name="interval">The least time between two frames.</param>
    public async Task SendAsync(FrameSubscription subscription, Frame first, TimeSpan interval)
    {
        // A panel that stops waits for its requests; it would wait for a stream until its patience ends.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        Describe(context.Response);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var watching = reader.EndWhenDueAsync(subscription, welcome, ending, logger);
        try
        {
            writer.Write(Next[2..]);
            var due = TimeSpan.Zero;
            var start = time.GetTimestamp();
            for (var frame = first; ; frame = await subscription.NextAsync(ending.Token).ConfigureAwait(false))
            {
                Write(frame);
                reader.Begin(frame.Jpeg.Length);
                if ((await writer.FlushAsync(ending.Token).ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }

                reader.End();
                page?.Sent(subscription.Skipped);
                if (interval > TimeSpan.Zero)
                {
                    // Due times are counted on, not from each frame, or every frame's lateness would lower the rate.
                    var now = time.GetElapsedTime(start);
                    due = due + interval > now - interval ? due + interval : now;
                    if (due > now)
                    {
                        await Task.Delay(due - now, time, ending.Token).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away, is welcome no more, or the panel stops: that is how every stream ends.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        if (!stopping.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    // In one piece: the server then passes it on as one chunk by one call, where it would cut it into dozens.
    private void Write(Frame frame)
    {
        var jpeg = frame.Jpeg;
        var part = writer.GetSpan(Header.Length + MostDigits + HeaderEnd.Length + jpeg.Length + Next.Length);
        var at = 0;
        if (page is null)
        {
            Header.CopyTo(part);
            Utf8Formatter.TryFormat(jpeg.Length, part[Header.Length..], out var digits);
            HeaderEnd.CopyTo(part[(at = Header.Length + digits)..]);
            at += HeaderEnd.Length;
        }

        jpeg.CopyTo(part[at..]);
        Next.CopyTo(part[(at += jpeg.Length)..]);
        writer.Advance(at + Next.Length);
    }
}

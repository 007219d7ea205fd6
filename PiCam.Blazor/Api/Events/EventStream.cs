using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Api.Events;

/// <summary>
/// One reader of server-sent events. It holds no queue: what changes while the reader is slow is told as it stands when there is
/// room again. A reader that takes nothing at all is dropped by the web server's own least rate.
/// </summary>
internal sealed class EventStream(
    HttpContext context,
    IReadOnlyList<EventSource> sources,
    Welcome welcome,
    TimeProvider time,
    JsonSerializerOptions json,
    CancellationToken stopping)
{
    public const string ContentType = "text/event-stream";

    // Quick enough for a progress bar, slow enough for a phone's radio.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Proxies drop connections that are silent for half a minute or so.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly PipeWriter writer = context.Response.BodyWriter;

    private static ReadOnlySpan<byte> Heartbeat => ":\n\n"u8;

    /// <summary>Sends how each source stands, and again whenever that changed, until the reader goes or is no longer welcome, or the panel stops.</summary>
    public async Task SendAsync()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var followed = sources.Select(source => new FollowedSource(source, json)).ToList();
        try
        {
            await FollowAsync(followed, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away, or the panel stops: that is how every stream ends.
        }
        finally
        {
            followed.ForEach(source => source.Dispose());
        }
    }

    private async Task FollowAsync(List<FollowedSource> followed, CancellationToken aborted)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var sentAt = time.GetTimestamp();
        do
        {
            var news = followed.Count(Write);
            if (news == 0 && time.GetElapsedTime(sentAt) < LongestSilence)
            {
                continue;
            }

            if (news == 0)
            {
                writer.Write(Heartbeat);
            }

            sentAt = time.GetTimestamp();
            if ((await writer.FlushAsync(aborted).ConfigureAwait(false)).IsCompleted)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(aborted).ConfigureAwait(false) && await welcome.IsStillAsync(aborted).ConfigureAwait(false));
    }

    private bool Write(FollowedSource source)
    {
        if (source.News() is not { } data)
        {
            return false;
        }

        // JSON of the web's kind has no line breaks in it, which would end the data.
        writer.Write(Encoding.UTF8.GetBytes($"event: {source.Name}\ndata: "));
        writer.Write(data);
        writer.Write("\n\n"u8);
        return true;
    }
}

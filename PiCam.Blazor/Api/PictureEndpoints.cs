using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using PiCam.Blazor.Api.Sockets;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Blazor.Streams;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Core.Stills;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Api;

/// <summary>The live picture for other programs: one JPEG, or a stream of them.</summary>
internal static class PictureEndpoints
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    // Bytes of a film that the kernel keeps: half a second of the best.
    private const int FilmBuffer = 256 * 1024;

    // Until the film has begun, or the encoder has taken so many, it may still be starting, which is not its reader's fault.
    private const int FramesToStart = 10;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pictures = endpoints.MapGroup("").WithTags("Picture");
        pictures.MapMethods(PublicEndpoints.Snapshot, Reads, SnapshotAsync)
            .WithSummary("The newest picture; waits for one up to 5 s, or three times as long as one takes.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        pictures.MapMethods(PublicEndpoints.Stream, Reads, StreamAsync)
            .AddEndpointFilter<StreamLimit>()
            .WithSummary("The live picture as multipart JPEG; fps (0.1 to 60) lowers the rate. Slow readers skip pictures.")
            .Produces(StatusCodes.Status200OK, contentType: MultipartStream.ContentType)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        pictures.MapMethods(PublicEndpoints.Film, [HttpMethods.Get, HttpMethods.Connect], PageFilmAsync).AddEndpointFilter<StreamLimit>().ExcludeFromDescription();
        pictures.MapMethods("/stream.mp4", Reads, FilmAsync)
            .AddEndpointFilter<StreamLimit>()
            .WithSummary("The live picture as H.264 in fragmented MP4, for programs that take no MJPEG; two at once. It ends when the camera begins anew.")
            .Produces(StatusCodes.Status200OK, contentType: "video/mp4")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    // For a page of the panel only: the key names it, and who may see it knows the key.
    private static async Task<IResult> PageFilmAsync(
        HttpContext context, string? page, PageStreams pages, LiveFilms films, Viewers viewers, Welcomes welcomes, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var caller = CallerFactory.From(context);
        if (pages.Find(page, caller) is not { } ofPage)
        {
            return TypedResults.Problem("No page of yours waits for this film.", statusCode: StatusCodes.Status404NotFound);
        }

        using var socket = await WatchedSocket.AcceptAsync(context, welcomes, time).ConfigureAwait(false);
        if (socket is null)
        {
            return WatchedSocket.Refuse(context);
        }

        FilmSocket.LimitBuffer(context.Features.Get<IConnectionSocketFeature>()?.Socket);
        using var presence = viewers.Enter(caller, ViewerKind.Page);
        using var film = films.Subscribe(time);
        using var run = ofPage.Begin();
        await new FilmSocket(socket, film, ofPage, time).RunAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static async Task FilmAsync(
        HttpContext context, CameraSession camera, Viewers viewers, Welcomes welcomes, IRecordingEncoder encoder, Recorder recorder, TimeProvider time,
        ILogger<SlowReader> logger, IHostApplicationLifetime lifetime)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            DescribeFilm(context.Response);
            return;
        }

        using var presence = viewers.Enter(CallerFactory.From(context), ViewerKind.Stream);
        using var subscription = camera.Frames.Subscribe();
        var first = await NewestAsync(camera, context.RequestAborted).ConfigureAwait(false);
        subscription.SkipToNow();
        var plan = RecordingPlan.Of(first, RecordingFormat.H264, recorder.Settings.Quality) with { Turn = ExifOrientation.Of(camera.State) };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        DescribeFilm(context.Response);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var reader = new SlowReader(context.Features.Get<IConnectionSocketFeature>()?.Socket, time);
        var watching = reader.EndWhenDueAsync(subscription, welcomes.Of(context.User), ending, logger);
        try
        {
            await encoder.StreamAsync(plan, FramesAsync(subscription, first, reader, context.Response, ending.Token), context.Response.Body, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away or is welcome no more, the camera was switched off, or the panel stops.
        }
        catch (ReasonException) when (context.Response.HasStarted)
        {
            // Too late for a problem document; ffmpeg's words are in the log.
            context.Abort();
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            if (await watching.ConfigureAwait(false))
            {
                context.Abort();
            }
        }
    }

    private static void DescribeFilm(HttpResponse response)
    {
        response.ContentType = "video/mp4";
        response.Headers.CacheControl = "no-store";
    }

    // The next frame is asked for when the encoder has taken the one before, and it takes none while the reader does not take its film.
    private static async IAsyncEnumerable<Frame> FramesAsync(
        FrameSubscription subscription, Frame first, SlowReader reader, HttpResponse response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return first;
        for (var taken = 1; ; taken++)
        {
            var frame = await subscription.NextAsync(cancellationToken).ConfigureAwait(false);
            if (response.HasStarted || taken >= FramesToStart)
            {
                reader.Begin(FilmBuffer);
            }

            yield return frame;
            reader.End();
        }
    }

    private static async Task<IResult> SnapshotAsync(HttpContext context, CameraSession camera, CancellationToken cancellationToken)
    {
        var frame = await NewestAsync(camera, cancellationToken).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(frame.Jpeg, "image/jpeg");
    }

    private static async Task StreamAsync(
        HttpContext context,
        CameraSession camera,
        Viewers viewers,
        Welcomes welcomes,
        TimeProvider time,
        PageStreams pages,
        ILogger<MultipartStream> logger,
        IHostApplicationLifetime lifetime,
        string? fps,
        string? page)
    {
        var interval = Interval(fps);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            MultipartStream.Describe(context.Response);
            return;
        }

        var caller = CallerFactory.From(context);
        var ofPage = pages.Find(page, caller);
        using var presence = viewers.Enter(caller, ofPage is null ? ViewerKind.Stream : ViewerKind.Page);
        using var subscription = camera.Frames.Subscribe();
        var first = await NewestAsync(camera, context.RequestAborted).ConfigureAwait(false);
        subscription.SkipToNow();
        using var run = ofPage?.Begin();
        var stream = new MultipartStream(context, welcomes.Of(context.User), time, ofPage, logger, lifetime.ApplicationStopping);
        await stream.SendAsync(subscription, first, interval).ConfigureAwait(false);
    }

    private static TimeSpan Interval(string? fps)
    {
        if (string.IsNullOrEmpty(fps))
        {
            return TimeSpan.Zero;
        }

        return double.TryParse(fps, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.1 and <= 60
            ? TimeSpan.FromSeconds(1 / rate)
            : throw new InvalidValueException(new InvalidValue("fps", fps, "0.1 to 60 frames per second"));
    }

    /// <summary>The newest frame of a live camera; else the first one that comes within 5 s, or within three long exposures.</summary>
    private static async Task<Frame> NewestAsync(CameraSession camera, CancellationToken cancellationToken)
    {
        if (camera.State.Condition == CameraCondition.Private)
        {
            throw new CameraLostException(CameraLoss.Private);
        }

        var three = 3 * camera.State.Actual?.FrameDuration ?? TimeSpan.Zero;
        return await camera.PictureAsync(three > LeastPatience ? three : LeastPatience, cancellationToken).ConfigureAwait(false)
            ?? throw new CameraLostException(camera.State.Reason ?? CameraLoss.NoPictureYet);
    }
}

using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>The library's files: one, a small picture of one, many in an archive. By id only.</summary>
internal static class MediaFileEndpoints
{
    private static readonly TimeSpan LongestFilm = TimeSpan.FromDays(30);

    public static void Map(IEndpointRouteBuilder media)
    {
        media.MapGet("/{id}/file", FileAsync)
            .WithSummary("The file itself; takes Range and If-None-Match.")
            .WithDescription("GET /api/media/0193…/file shows it, GET /api/media/0193…/file?download=true saves it under its name.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: "video/mp4")
            .Produces(StatusCodes.Status206PartialContent);
        media.MapGet("/{id}/thumbnail.jpg", ThumbnailAsync)
            .WithSummary("A small JPEG of a picture or film, at most 320 pixels wide; 404 for what cannot be decoded here.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");
        media.MapGet("/{id}/filmstrip.jpg", FilmstripAsync)
            .WithSummary("Ten small pictures of a film side by side, evenly over its length; 404 for a picture.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");
        media.MapGet("/{id}/frame.jpg", FrameAsync)
            .WithSummary("What a film shows at a time, as large as it is; 404 beyond its end.")
            .WithDescription("GET /api/media/0193…/frame.jpg?at=12.5 for what it shows 12.5 s after its beginning, or next after that.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesValidationProblem();
        media.MapGet("/archive", (string? ids, HttpContext context, MediaLibrary library, ILogger<MediaArchive> logger) =>
                ArchiveAsync(context, library, logger, (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)))
            .RequireRateLimiting(RequestRates.Work)
            .WithSummary("Many files in one .zip.")
            .WithDescription("GET /api/media/archive?ids=0193…,0193…; for more ids than an address takes, POST.")
            .Produces(StatusCodes.Status200OK, contentType: MediaArchive.ContentType);
        media.MapPost("/archive", PostArchiveAsync)
            .RequireRateLimiting(RequestRates.Work)
            .WithSummary("The same for many ids; changes nothing.")
            .WithDescription("{\"ids\": [\"0193…\"]}, {\"sequence\": \"0193…\"}, or a form with a field ids (with commas between) or sequence.")
            .Accepts<JsonObject>("application/json", "application/x-www-form-urlencoded")
            .WithExample("""{"ids": ["01934c3ea1b27c5d8e9f001122334455", "01934c3ea1b27c5d8e9f001122334456"]}""")
            .Produces(StatusCodes.Status200OK, contentType: MediaArchive.ContentType)
            .ProducesValidationProblem()
            .DisableAntiforgery();
    }

    private static async Task<IResult> FileAsync(string id, string? download, HttpContext context, MediaLibrary library)
    {
        var caller = CallerFactory.From(context);
        var item = await library.FindAsync(caller, id, context.RequestAborted).ConfigureAwait(false);
        var stream = library.Open(caller, item) ?? throw new MediaMissingException(id);
        var saves = download is not (null or "false");
        SetName(context, saves ? "attachment" : "inline", item.FileName);

        // Whoever is dismissed or signs out sees no more of it, also from the browser's memory.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            stream, MediaFormat.ContentType(item.Path), fileDownloadName: null, item.TakenAt, new EntityTagHeaderValue($"\"{item.Id}-{item.Bytes:x}\""), enableRangeProcessing: true);
    }

    private static Task<IResult> ThumbnailAsync(string id, HttpContext context, MediaLibrary library) =>
        JpegAsync(id, "s", context, library, library.ThumbnailAsync);

    private static Task<IResult> FilmstripAsync(string id, HttpContext context, MediaLibrary library) =>
        JpegAsync(id, "f", context, library, library.FilmstripAsync);

    private static Task<IResult> FrameAsync(string id, [Description("Seconds from the film's beginning.")] double at, HttpContext context, MediaLibrary library)
    {
        // Of what is so long no film is; and it fits into a TimeSpan.
        if (!(at >= 0 && at <= LongestFilm.TotalSeconds))
        {
            throw new InvalidValueException(new InvalidValue("at", at.ToString(CultureInfo.InvariantCulture), Allowed.Range("0", $"{LongestFilm.TotalSeconds}")));
        }

        return JpegAsync(
            id, string.Create(CultureInfo.InvariantCulture, $"{at}"), context, library,
            (caller, item, cancellationToken) => library.FrameAsync(caller, item, TimeSpan.FromSeconds(at), cancellationToken));
    }

    private static async Task<IResult> JpegAsync(
        string id, string which, HttpContext context, MediaLibrary library, Func<Caller, MediaItem, CancellationToken, Task<byte[]?>> readAsync)
    {
        var caller = CallerFactory.From(context);
        var item = await library.FindAsync(caller, id, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "private, no-cache";
        return await readAsync(caller, item, context.RequestAborted).ConfigureAwait(false) is { } jpeg
            ? TypedResults.Bytes(
                jpeg, "image/jpeg", fileDownloadName: null, enableRangeProcessing: false, item.TakenAt, new EntityTagHeaderValue($"\"{item.Id}-{which}\""))
            : TypedResults.NotFound();
    }

    private static async Task PostArchiveAsync(HttpContext context, MediaLibrary library, ILogger<MediaArchive> logger)
    {
        var caller = CallerFactory.From(context);
        IReadOnlyCollection<string> ids;
        if (context.Request.HasFormContentType)
        {
            // A page's form: the browser saves the answer as it comes, however long.
            var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            ids = form["sequence"] is [{ Length: > 0 } sequence]
                ? await library.IdsAsync(caller, new MediaQuery { Sequence = sequence }, context.RequestAborted).ConfigureAwait(false)
                : form["ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        }
        else
        {
            var (_, fields) = await JsonFields.ReadAsync(context, Permission.SeeAll, context.RequestAborted).ConfigureAwait(false);
            ids = await MediaEndpoints.ReadIdsAsync(fields, caller, library, [], context.RequestAborted).ConfigureAwait(false);
        }

        await ArchiveAsync(context, library, logger, ids).ConfigureAwait(false);
    }

    private static async Task ArchiveAsync(HttpContext context, MediaLibrary library, ILogger<MediaArchive> logger, IReadOnlyCollection<string> ids)
    {
        var caller = CallerFactory.From(context);
        var items = await library.FindAsync(caller, ids, context.RequestAborted).ConfigureAwait(false);
        if (items.Count == 0)
        {
            throw new InvalidValueException(new InvalidValue("ids", "none that is there", Allowed.OneOrMore));
        }

        SetName(context, "attachment", string.Create(CultureInfo.InvariantCulture, $"{items[0].TakenAt:yyyy-MM-dd} PiCam.zip"));
        context.Response.ContentType = MediaArchive.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await new MediaArchive(library, caller, logger).WriteAsync(items, context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    // RFC 6266: filename* carries any script, filename what old programs read.
    private static void SetName(HttpContext context, string disposition, string fileName)
    {
        var header = new ContentDispositionHeaderValue(disposition);
        header.SetHttpFileName(fileName);
        context.Response.Headers.ContentDisposition = header.ToString();
    }
}

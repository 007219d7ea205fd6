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
    public static void Map(IEndpointRouteBuilder media)
    {
        media.MapGet("/{id}/file", FileAsync)
            .WithSummary("The file itself; takes Range and If-None-Match.")
            .WithDescription("GET /api/media/0193…/file shows it, GET /api/media/0193…/file?download=true saves it under its name.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: "video/mp4")
            .Produces(StatusCodes.Status206PartialContent);
        media.MapGet("/{id}/thumbnail.jpg", ThumbnailAsync)
            .WithSummary("A small JPEG of a picture, at most 320 pixels wide; 404 for a film.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");
        media.MapGet("/archive", (string? ids, HttpContext context, MediaLibrary library, ILogger<MediaArchive> logger) =>
                ArchiveAsync(context, library, logger, (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)))
            .WithSummary("Many files in one .zip.")
            .WithDescription("GET /api/media/archive?ids=0193…,0193…; for more ids than an address takes, POST.")
            .Produces(StatusCodes.Status200OK, contentType: MediaArchive.ContentType);
        media.MapPost("/archive", PostArchiveAsync)
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
            stream, MediaFormat.ContentType(item.Path), fileDownloadName: null, item.TakenAt, new EntityTagHeaderValue($"\"{item.Id}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> ThumbnailAsync(string id, HttpContext context, MediaLibrary library)
    {
        var caller = CallerFactory.From(context);
        var item = await library.FindAsync(caller, id, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "private, no-cache";
        return await library.ThumbnailAsync(caller, item, context.RequestAborted).ConfigureAwait(false) is { } jpeg
            ? TypedResults.Bytes(jpeg, "image/jpeg", fileDownloadName: null, enableRangeProcessing: false, item.TakenAt, new EntityTagHeaderValue($"\"{item.Id}-s\""))
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
            var (_, fields) = await JsonFields.ReadAsync(context, Permission.Watch, context.RequestAborted).ConfigureAwait(false);
            ids = await MediaEndpoints.ReadIdsAsync(fields, caller, library, context.RequestAborted).ConfigureAwait(false);
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

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>The library: what is in it, names, protection, deletion.</summary>
internal static class MediaEndpoints
{
    /// <summary>The most ids of one request.</summary>
    public const int MostIds = 10_000;

    private const string Name = "name";
    private const string Protected = "protected";
    public const string Ids = "ids";
    public const string Sequence = "sequence";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var media = endpoints.MapGroup("/media").WithTags("Media")
            .WithMetadata(new RequestSizeLimitAttribute(512 * 1024))
            .ProducesProblem(StatusCodes.Status404NotFound);
        media.MapGet("", async ([AsParameters] MediaAddress address, HttpContext context, MediaLibrary library, TimeProvider time) =>
                MediaPageDocument.From(await library.PageAsync(CallerFactory.From(context), address.Read(time), context.RequestAborted).ConfigureAwait(false)))
            .WithSummary("A page of the library, newest first.")
            .WithDescription("GET /api/media?kind=still,burst&from=2026-11-23T00:00:00&to=2026-11-24T00:00:00&collapse=true&count=60 answers with items and "
                + "next; GET the same with &cursor= that next for the following page. preset and sequence take ids, text looks into names. "
                + "With collapse=true each run (burst, time-lapse, …) is one entry, its newest picture, and count says how many there are. sequence means a run's pictures; with kind=film, the films made of them.")
            .ProducesValidationProblem();
        media.MapGet("/days", async ([AsParameters] MediaAddress address, HttpContext context, MediaLibrary library, TimeProvider time) =>
                await library.DaysAsync(CallerFactory.From(context), address.Read(time), context.RequestAborted).ConfigureAwait(false))
            .WithSummary("How much there is on each day, newest first.")
            .WithDescription("GET /api/media/days?kind=still answers with [{\"day\": \"2026-11-23\", \"count\": 12}, …]; filters as for a page, with "
                + "collapse=true a run counts once, on its newest picture's day.")
            .ProducesValidationProblem();
        MediaStorageEndpoints.Map(media);
        media.MapGet("/{id}", async (string id, HttpContext context, MediaLibrary library) =>
                MediaDocument.From(await library.FindAsync(CallerFactory.From(context), id, context.RequestAborted).ConfigureAwait(false)))
            .WithSummary("One picture or film.");
        MediaFileEndpoints.Map(media);

        var changes = media.MapGroup("")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        MediaFilmEndpoints.Map(changes);
        changes.MapPatch("/{id}", PatchAsync)
            .WithSummary("Renames a picture or film, protects it or lifts that (Operator).")
            .WithDescription("{\"name\": \"Fox at the gate\", \"protected\": true}; each may be absent. A name has 1 to 100 characters. The file on disk keeps its "
                + "name; downloads get the new one.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Fox at the gate", "protected": true}""");
        changes.MapDelete("/{id}", DeleteAsync)
            .WithSummary("Deletes a picture or film (Operator); it can be restored for ten minutes.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        changes.MapPost("/delete", DeleteManyAsync)
            .WithSummary("Deletes many pictures and films, but for the protected ones (Operator).")
            .WithDescription("{\"ids\": [\"0193…\", \"0193…\"]} or {\"sequence\": \"0193…\"} for a whole run, but for films made of it; at most 10000 ids.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"ids": ["01934c3ea1b27c5d8e9f001122334455"]}""");
        changes.MapPost("/restore", RestoreAsync)
            .WithSummary("Brings back what was deleted in the last ten minutes (Operator).")
            .WithDescription("{\"ids\": [\"0193…\"]}, as deleted says in the answer to POST /api/media/delete.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"ids": ["01934c3ea1b27c5d8e9f001122334455"]}""");
    }

    /// <summary>The ids of a request, listed or by their run.</summary>
    /// <param name="fields">All of the request.</param>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="library">Knows the runs.</param>
    /// <param name="others">The fields that it has besides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyCollection<string>> ReadIdsAsync(
        JsonFields fields, Caller caller, MediaLibrary library, string[] others, CancellationToken cancellationToken)
    {
        fields.Know([Ids, Sequence, .. others]);
        var sequence = fields.Text(Sequence);
        var ids = ListedIds(fields);
        fields.Refuse();
        return sequence is null
            ? ids
            : await library.IdsAsync(caller, new MediaQuery { Sequence = sequence }, cancellationToken).ConfigureAwait(false);
    }

    private static List<string> ListedIds(JsonFields fields)
    {
        if (!fields.Present.TryGetValue(Ids, out var list))
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostIds
            && list.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String))
        {
            return [.. list.EnumerateArray().Select(id => id.GetString()!)];
        }

        fields.Complain(Ids, $"a list of at most {MostIds} ids");
        return [];
    }

    private static async Task<Ok<MediaDocument>> PatchAsync(string id, HttpContext context, MediaLibrary library, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditMedia, cancellationToken).ConfigureAwait(false);
        fields.Know(Name, Protected);
        var name = fields.Text(Name);
        var isProtected = fields.BooleanIfThere(Protected);
        fields.Refuse();
        await library.FindAsync(caller, id, cancellationToken).ConfigureAwait(false);
        if (name is not null)
        {
            await library.RenameAsync(caller, id, name).ConfigureAwait(false);
        }

        if (isProtected is { } wanted)
        {
            await library.ProtectAsync(caller, [id], wanted).ConfigureAwait(false);
        }

        return TypedResults.Ok(MediaDocument.From(await library.FindAsync(caller, id, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<NoContent> DeleteAsync(string id, HttpContext context, MediaLibrary library) =>
        await library.DeleteAsync(CallerFactory.From(context), [id]).ConfigureAwait(false) switch
        {
            { Protected: [var item, ..] } => throw new MediaProtectedException(item.Name),
            { Deleted: [] } => throw new MediaMissingException(id),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Ok<DeletedMediaDocument>> DeleteManyAsync(HttpContext context, MediaLibrary library, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditMedia, cancellationToken).ConfigureAwait(false);
        var ids = await ReadIdsAsync(fields, caller, library, [], cancellationToken).ConfigureAwait(false);
        var result = await library.DeleteAsync(caller, ids).ConfigureAwait(false);
        return TypedResults.Ok(new DeletedMediaDocument(result.Deleted, [.. result.Protected.Select(MediaDocument.From)]));
    }

    private static async Task<Ok<RestoredMediaDocument>> RestoreAsync(HttpContext context, MediaLibrary library, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditMedia, cancellationToken).ConfigureAwait(false);
        fields.Know(Ids);
        var ids = ListedIds(fields);
        fields.Refuse();
        return TypedResults.Ok(new RestoredMediaDocument(await library.RestoreAsync(caller, ids).ConfigureAwait(false)));
    }
}

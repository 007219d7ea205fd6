using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;

namespace PiCam.Blazor.Api;

/// <summary>Named places to look at.</summary>
internal static class PresetEndpoints
{
    private const string Name = "name";
    private const string Look = "look";
    private const string Index = "index";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var presets = endpoints.MapGroup("/gimbal/presets").WithTags("Presets")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .ProducesProblem(StatusCodes.Status404NotFound);
        presets.MapGet("", (PresetBook book) => book.All.Select(PresetDocument.From))
            .WithSummary("The presets, in order.");
        presets.MapGet("/{id}", (string id, PresetBook book) => PresetDocument.From(book.Find(id)))
            .WithSummary("A preset.");
        presets.MapGet("/{id}/thumbnail.jpg", ThumbnailAsync)
            .WithSummary("A small picture of what was seen when the preset was set.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");

        var changes = presets.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden).ProducesValidationProblem();
        changes.MapPost("", SetAsync)
            .WithSummary("Sets a preset where the gimbal points now; look: with the camera's controls.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Gate", "look": true}""")
            .Produces<PresetDocument>(StatusCodes.Status201Created);
        changes.MapPatch("/{id}", PatchAsync)
            .WithSummary("Renames a preset, or puts it to another place in the order (index, from 0).")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Garden gate", "index": 0}""");
        changes.MapPost("/{id}/replace", ReplaceAsync)
            .WithSummary("Sets a preset anew where the gimbal points now.");
        changes.MapPost("/{id}/goto", GotoAsync)
            .WithSummary("Turns to a preset, and sets the camera as it was then if the preset has a look.");
        changes.MapDelete("/{id}", RemoveAsync)
            .WithSummary("Removes a preset.");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ThumbnailAsync(
        string id, PresetBook book, CancellationToken cancellationToken) =>
        await book.ThumbnailAsync(id, cancellationToken).ConfigureAwait(false) is { } jpeg
            ? TypedResults.Bytes(jpeg, "image/jpeg")
            : TypedResults.NotFound();

    private static async Task<Created<PresetDocument>> SetAsync(HttpContext context, PresetBook book, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditPresets, cancellationToken).ConfigureAwait(false);
        fields.Know(Name, Look);
        var name = fields.Text(Name);
        var look = fields.Boolean(Look, absent: false);
        fields.Refuse();
        var preset = await book.SetAsync(caller, name ?? "", look, cancellationToken).ConfigureAwait(false);
        return TypedResults.Created($"/api/gimbal/presets/{preset.Id}", PresetDocument.From(preset));
    }

    private static async Task<Ok<PresetDocument>> PatchAsync(
        string id, HttpContext context, PresetBook book, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditPresets, cancellationToken).ConfigureAwait(false);
        fields.Know(Name, Index);
        var name = fields.Text(Name);
        var index = fields.Number(Index);
        if (index is { } number && !(number >= 0 && number < int.MaxValue && number == Math.Floor(number)))
        {
            fields.Complain(Index, "0, 1, 2, …");
        }

        fields.Refuse();
        if (name is not null)
        {
            await book.RenameAsync(caller, id, name).ConfigureAwait(false);
        }

        if (index is { } place)
        {
            await book.MoveAsync(caller, id, (int)place).ConfigureAwait(false);
        }

        return TypedResults.Ok(PresetDocument.From(book.Find(id)));
    }

    private static async Task<Ok<PresetDocument>> ReplaceAsync(
        string id, HttpContext context, PresetBook book, CancellationToken cancellationToken)
    {
        await book.ReplaceAsync(CallerFactory.From(context), id, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(PresetDocument.From(book.Find(id)));
    }

    private static async Task<Ok<GimbalDocument>> GotoAsync(string id, HttpContext context, PresetBook book, Gimbal gimbal)
    {
        await book.GotoAsync(CallerFactory.From(context), id).ConfigureAwait(false);
        return TypedResults.Ok(GimbalDocument.From(gimbal));
    }

    private static async Task<NoContent> RemoveAsync(string id, HttpContext context, PresetBook book)
    {
        await book.RemoveAsync(CallerFactory.From(context), id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}

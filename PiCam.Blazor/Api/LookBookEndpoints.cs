using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>Named ways to take the picture.</summary>
internal static class LookBookEndpoints
{
    private const string Name = "name";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var looks = endpoints.MapGroup("/looks").WithTags("Looks")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .ProducesProblem(StatusCodes.Status404NotFound);
        looks.MapGet("", (LookBook book, CameraSession camera) => book.All.Select(look => LookItemDocument.From(look, camera)))
            .WithSummary("The looks: the built-in ones that this camera can show, and people's own.");
        looks.MapGet("/export", Export)
            .WithSummary("People's own looks as a file for another panel.")
            .Produces<JsonObject>();

        var changes = looks.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden).ProducesValidationProblem();
        changes.MapPost("", SaveAsync)
            .WithSummary("Keeps exposure, colour and image controls as they are asked for now.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Evening"}""")
            .Produces<LookItemDocument>(StatusCodes.Status201Created);
        changes.MapPost("/import", ImportAsync)
            .WithSummary("Takes the looks of a file that was exported: all, or none when a field cannot be used.")
            .WithMetadata(new RequestSizeLimitAttribute(LookFile.LongestBytes))
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"version": 1, "looks": [{"name": "Evening", "controls": {"exposureTime": 20000, "analogueGain": 2}}]}""");
        changes.MapPost("/{id}/apply", ApplyAsync)
            .WithSummary("Sets the camera as the look says, as near as it comes.");
        changes.MapPatch("/{id}", RenameAsync)
            .WithSummary("Renames a look.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Evening in winter"}""");
        changes.MapDelete("/{id}", RemoveAsync)
            .WithSummary("Removes a look.");
    }

    /// <summary>What the camera can do.</summary>
    /// <exception cref="CameraLostException">No camera has run yet.</exception>
    public static CameraCapabilities Capabilities(CameraSession camera) =>
        camera.State.Capabilities ?? throw new CameraLostException(camera.State.WhyNot);

    private static Ok<JsonObject> Export(HttpContext context, LookBook book, CameraSession camera)
    {
        var document = LookFile.Write(book.Own, Capabilities(camera));
        context.Response.Headers.ContentDisposition = "attachment; filename=\"picam-looks.json\"";
        return TypedResults.Ok(document);
    }

    private static async Task<Created<LookItemDocument>> SaveAsync(
        HttpContext context, LookBook book, CameraSession camera, CancellationToken cancellationToken)
    {
        var (caller, name) = await ReadNameAsync(context, cancellationToken).ConfigureAwait(false);
        var look = await book.SaveAsync(caller, name).ConfigureAwait(false);
        return TypedResults.Created($"/api/looks/{look.Id}", LookItemDocument.From(look, camera));
    }

    private static async Task<Ok<LookItemDocument[]>> ImportAsync(
        HttpContext context, LookBook book, CameraSession camera, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditPresets, cancellationToken).ConfigureAwait(false);
        var added = await book.AddAsync(caller, LookFile.Read(fields, Capabilities(camera))).ConfigureAwait(false);
        return TypedResults.Ok(added.Select(look => LookItemDocument.From(look, camera)).ToArray());
    }

    private static async Task<NoContent> ApplyAsync(string id, HttpContext context, LookBook book)
    {
        await book.ApplyAsync(CallerFactory.From(context), id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<LookItemDocument>> RenameAsync(
        string id, HttpContext context, LookBook book, CameraSession camera, CancellationToken cancellationToken)
    {
        var (caller, name) = await ReadNameAsync(context, cancellationToken).ConfigureAwait(false);
        await book.RenameAsync(caller, id, name).ConfigureAwait(false);
        return TypedResults.Ok(LookItemDocument.From(book.Find(id), camera));
    }

    private static async Task<NoContent> RemoveAsync(string id, HttpContext context, LookBook book)
    {
        await book.RemoveAsync(CallerFactory.From(context), id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<(Caller Caller, string Name)> ReadNameAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditPresets, cancellationToken).ConfigureAwait(false);
        fields.Know(Name);
        var name = fields.Text(Name);
        fields.Refuse();
        return (caller, name ?? "");
    }
}

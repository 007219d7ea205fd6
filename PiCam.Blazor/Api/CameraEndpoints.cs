using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

/// <summary>What the camera can do, and its controls.</summary>
internal static class CameraEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var camera = endpoints.MapGroup("/camera")
            .WithTags("Camera")
            .WithMetadata(new RequestSizeLimitAttribute(16 * 1024))
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        camera.MapGet("/capabilities", (CameraSession session) => TypedResults.Ok(CapabilitiesDocument.From(Capabilities(session))))
            .WithSummary("What the running camera can do; a control that is null does not exist on it.");
        camera.MapGet("/controls", (CameraSession session, IOptions<JsonOptions> json) => Answer(session, json))
            .WithSummary("The controls: what was asked, what the newest frame says, what is not confirmed yet.")
            .Produces<ControlsDocument>();
        camera.MapPatch("/controls", PatchAsync)
            .WithSummary("Changes controls by a JSON merge patch: absent is unchanged, null is automatic.")
            .Accepts<ControlValues>("application/merge-patch+json", "application/json")
            .Produces<ControlsDocument>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
    }

    private static async Task<Ok<JsonObject>> PatchAsync(
        HttpContext context, CameraSession session, IOptions<JsonOptions> json, CancellationToken cancellationToken)
    {
        // The session asks again; asking first keeps a viewer from learning anything from what is wrong with the body.
        var caller = CallerFactory.From(context);
        caller.Demand(Permission.AdjustPicture);
        var fields = await JsonFields.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false);
        var patch = ControlsPatch.Read(fields, Capabilities(session));
        await session.UpdateAsync(caller, patch).ConfigureAwait(false);
        return Answer(session, json);
    }

    private static CameraCapabilities Capabilities(CameraSession session)
    {
        var state = session.State;
        return state.Capabilities ?? throw new CameraLostException(state.Reason ?? "The camera has not started yet.");
    }

    private static Ok<JsonObject> Answer(CameraSession session, IOptions<JsonOptions> json)
    {
        var existing = ControlSet.Of(Capabilities(session));
        var state = session.State;
        return TypedResults.Ok(new JsonObject
        {
            // In "asked" null means automatic and must be seen; in "actual" it means that the camera does not say.
            ["asked"] = Object(ControlValues.From(state.Asked), (name, _) => existing.Contains(name)),
            ["actual"] = state.Actual is { } actual
                ? Object(ControlValues.From(actual), (name, value) => value is not null && existing.Contains(name))
                : new JsonObject(),
            ["pending"] = JsonSerializer.SerializeToNode(state.Pending.ToArray()),
        });

        JsonObject Object(ControlValues values, Func<string, JsonNode?, bool> keep) =>
            new(JsonSerializer.SerializeToNode(values, json.Value.SerializerOptions)!.AsObject()
                .Where(field => keep(field.Key, field.Value))
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }
}

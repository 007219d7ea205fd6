using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

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
        camera.MapGet("/controls", (CameraSession session) => Answer(session))
            .WithSummary("The controls: what was asked, what the newest frame says, what is not confirmed yet.");
        camera.MapPatch("/controls", PatchAsync)
            .WithSummary("Changes controls by a JSON merge patch: absent is unchanged, null is automatic.")
            .Accepts<JsonObject>("application/merge-patch+json", "application/json")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
        camera.MapPost("/restart", (HttpContext context, CameraSession session) =>
            {
                session.Restart(CallerFactory.From(context));
                return TypedResults.Accepted((string?)null);
            })
            .WithSummary("Closes the camera and opens it again (Administrator).")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<Ok<ControlsDocument>> PatchAsync(
        HttpContext context, CameraSession session, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.AdjustPicture, cancellationToken).ConfigureAwait(false);
        var patch = ControlsPatch.Read(fields, Capabilities(session));
        await session.UpdateAsync(caller, patch).ConfigureAwait(false);
        return Answer(session);
    }

    private static CameraCapabilities Capabilities(CameraSession session)
    {
        var state = session.State;
        return state.Capabilities ?? throw new CameraLostException(state.Reason ?? CameraLoss.NotStarted);
    }

    private static Ok<ControlsDocument> Answer(CameraSession session)
    {
        var capabilities = Capabilities(session);
        var state = session.State;
        return TypedResults.Ok(new ControlsDocument(
            ControlValues.Asked(state.Asked, capabilities),
            state.Actual is { } actual ? ControlValues.Actual(actual, capabilities) : [],
            [.. state.Pending]));
    }
}

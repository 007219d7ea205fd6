using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core;
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
            .WithExample("""{"exposureTime": 4000, "analogueGain": null, "colourGains": [1.6, 1.4], "size": "1280x720"}""")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
        camera.MapGet("/name", (CameraName name) => new CameraNameDocument(name.Text))
            .WithSummary("What the camera is called.");
        camera.MapPut("/name", PutNameAsync)
            .WithSummary("Names the camera: on the pages, in the files of pictures, on stamps (Operator).")
            .WithDescription($"A name has 1 to {GivenName.Longest} characters.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Porch"}""")
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

    private static async Task<Ok<CameraNameDocument>> PutNameAsync(HttpContext context, CameraName name, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know("name");
        var given = fields.Has("name", "a name", out _) ? fields.Text("name") : null;
        fields.Refuse();
        await name.SetAsync(caller, given).ConfigureAwait(false);
        return TypedResults.Ok(new CameraNameDocument(name.Text));
    }

    private static CameraCapabilities Capabilities(CameraSession session)
    {
        var state = session.State;
        return state.Capabilities ?? throw new CameraLostException(state.WhyNot);
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

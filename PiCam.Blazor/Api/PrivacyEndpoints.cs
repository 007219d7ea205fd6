using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Core.Access;
using PiCam.Core.Privacy;

namespace PiCam.Blazor.Api;

/// <summary>The switch that keeps the camera off.</summary>
internal static class PrivacyEndpoints
{
    private const string On = "on";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var privacy = endpoints.MapGroup("/privacy").WithTags("Privacy").WithMetadata(new RequestSizeLimitAttribute(4096));
        privacy.MapGet("", (PrivacySwitch state) => TypedResults.Ok(PrivacyDocument.From(state)))
            .WithSummary("Whether the camera is off on purpose, and who switched it when.");
        privacy.MapPut("", PutAsync)
            .WithSummary("Switches the camera off for everybody (Operator) or on again (Administrator).")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"on": true}""")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
    }

    private static async Task<Ok<PrivacyDocument>> PutAsync(HttpContext context, PrivacySwitch privacy, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.TurnPrivacyOn, cancellationToken).ConfigureAwait(false);
        fields.Know(On);
        var on = fields.Boolean(On);
        fields.Refuse();
        await privacy.SetAsync(caller, on).ConfigureAwait(false);
        return TypedResults.Ok(PrivacyDocument.From(privacy));
    }
}

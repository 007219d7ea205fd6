using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Core.Access;
using PiCam.Core.Lights;

namespace PiCam.Blazor.Api;

/// <summary>The camera LED and the infrared lamp.</summary>
internal static class LightEndpoints
{
    private const string Led = "led";
    private const string Lamp = "lamp";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var lights = endpoints.MapGroup("/lights").WithTags("Lights").WithMetadata(new RequestSizeLimitAttribute(4096));
        lights.MapGet("", (LightSwitches switches) => TypedResults.Ok(LightsDocument.From(switches)))
            .WithSummary("The camera LED and the infrared lamp; null where there is none.");
        lights.MapPatch("", PatchAsync)
            .WithSummary("Sets led, lamp or both to off, on or auto.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"led": "auto", "lamp": "off"}""")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
    }

    private static async Task<Ok<LightsDocument>> PatchAsync(HttpContext context, LightSwitches lights, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.SwitchLights, cancellationToken).ConfigureAwait(false);
        fields.Know(Led, Lamp);
        var led = Mode(fields, Led);
        var lamp = Mode(fields, Lamp);
        fields.Refuse();
        if (led is { } ofLed)
        {
            await lights.SetAsync(caller, Light.Led, ofLed).ConfigureAwait(false);
        }

        if (lamp is { } ofLamp)
        {
            await lights.SetAsync(caller, Light.Lamp, ofLamp).ConfigureAwait(false);
        }

        return TypedResults.Ok(LightsDocument.From(lights));
    }

    private static LightMode? Mode(JsonFields fields, string name)
    {
        switch (fields.Text(name))
        {
            case "off":
                return LightMode.Off;
            case "on":
                return LightMode.On;
            case "auto":
                return LightMode.Auto;
            case null:
                return null;
            default:
                fields.Complain(name, "off, on or auto");
                return null;
        }
    }
}

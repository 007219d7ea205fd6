using PiCam.Core.Lights;

namespace PiCam.Blazor.Api;

/// <summary>The lights on GPIO pins.</summary>
/// <param name="Led">The camera LED; null: there is none.</param>
/// <param name="Lamp">The infrared lamp; null: there is none.</param>
internal sealed record LightsDocument(LightDocument? Led, LightDocument? Lamp)
{
    public static LightsDocument From(LightSwitches lights) =>
        new(LightDocument.From(lights.State(Light.Led)), LightDocument.From(lights.State(Light.Lamp)));
}

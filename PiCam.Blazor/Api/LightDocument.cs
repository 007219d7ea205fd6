using PiCam.Core.Lights;

namespace PiCam.Blazor.Api;

/// <summary>A light.</summary>
/// <param name="Mode">"off", "on" or "auto".</param>
/// <param name="Lit">Whether it shines.</param>
/// <param name="Fault">Why it is not as it should be, else null.</param>
internal sealed record LightDocument(LightMode Mode, bool Lit, string? Fault)
{
    public static LightDocument? From(LightState? state) =>
        state is null ? null : new(state.Mode, state.IsLit, state.Fault?.English);
}

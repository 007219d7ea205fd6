using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;

namespace PiCam.Blazor.Api;

/// <summary>A named place to look at.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Name">1 to 40 characters.</param>
/// <param name="Position">Degrees.</param>
/// <param name="Look">Whether the camera's controls belong to it.</param>
internal sealed record PresetDocument(string Id, string Name, PanTilt Position, bool Look)
{
    public static PresetDocument From(Preset preset) => new(preset.Id, preset.Name, preset.Position, preset.Look is not null);
}

using PiCam.Core.Cameras;

namespace PiCam.Core.Gimbals.Presets;

/// <summary>A named place to look at.</summary>
/// <param name="Id">Never changes; fit for an address.</param>
/// <param name="Name">1 to 40 characters; no two presets share one.</param>
/// <param name="Position">Degrees.</param>
/// <param name="Look">The camera's controls as they were then, zoom included; null: they are left alone.</param>
public sealed record Preset(string Id, string Name, PanTilt Position, CameraControls? Look)
{
    /// <summary>Which picture of it is the newest, from 1; 0: there is none.</summary>
    public int Picture { get; init; }
}

namespace PiCam.Core.Gimbals.Presets;

/// <summary>What it takes to bring a removed preset back.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Index">Where it stood.</param>
public sealed record RemovedPreset(Preset Preset, int Index)
{
    internal PresetThumbnail? Thumbnail { get; init; }
}

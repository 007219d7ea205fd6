namespace PiCam.Core.Gimbals.Presets;

/// <summary>The presets as they are stored.</summary>
internal sealed record PresetList(IReadOnlyList<Preset> Presets);

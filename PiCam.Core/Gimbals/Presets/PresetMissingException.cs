namespace PiCam.Core.Gimbals.Presets;

/// <summary>A preset that somebody asked for is not there (any more).</summary>
public sealed class PresetMissingException(string id) : ReasonException(new Reason($"There is no preset {id}.", "preset.missing"));

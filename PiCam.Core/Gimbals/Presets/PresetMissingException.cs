namespace PiCam.Core.Gimbals.Presets;

/// <summary>A preset that somebody asked for is not there (any more).</summary>
public sealed class PresetMissingException(string id) : Exception($"There is no preset {id}.");

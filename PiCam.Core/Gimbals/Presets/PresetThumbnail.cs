namespace PiCam.Core.Gimbals.Presets;

/// <summary>A small picture of a preset, as it is stored.</summary>
internal sealed record PresetThumbnail(byte[] Jpeg);

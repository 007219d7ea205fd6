namespace PiCam.Blazor.Live.Presets;

/// <summary>A preset that may be part of a tour.</summary>
internal sealed class TourDraftStop(string presetId, string name)
{
    public string PresetId { get; } = presetId;

    public string Name { get; } = name;

    public bool Chosen { get; set; }

    /// <summary>Seconds.</summary>
    public double Dwell { get; set; }
}

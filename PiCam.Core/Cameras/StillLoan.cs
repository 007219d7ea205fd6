namespace PiCam.Core.Cameras;

/// <summary>Controls that one still has to itself, while the live picture keeps its own. Null in it: as the live picture's.</summary>
public sealed record StillLoan
{
    /// <summary>Shutter; with it, a fixed frame rate of the live picture does not shorten the exposure.</summary>
    public TimeSpan? ExposureTime { get; init; }

    /// <summary>Linear gain.</summary>
    public double? AnalogueGain { get; init; }

    /// <summary>Fixed white balance.</summary>
    public ColourGains? ColourGains { get; init; }

    /// <summary>Dioptres, with the focus set by hand.</summary>
    public double? LensPosition { get; init; }

    /// <summary>The whole state that the still is taken with.</summary>
    /// <param name="controls">The live picture's.</param>
    public CameraControls On(CameraControls controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return controls with
        {
            ExposureTime = ExposureTime ?? controls.ExposureTime,
            FrameRate = ExposureTime is null ? controls.FrameRate : null,
            AnalogueGain = AnalogueGain ?? controls.AnalogueGain,
            ColourGains = ColourGains ?? controls.ColourGains,
            LensPosition = LensPosition ?? controls.LensPosition,
            AfMode = LensPosition is null ? controls.AfMode : AfMode.Manual,
        };
    }
}

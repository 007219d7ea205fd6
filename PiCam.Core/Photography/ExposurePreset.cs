using PiCam.Core.Cameras;

namespace PiCam.Core.Photography;

/// <summary>Shutter and gain for a kind of light; everything else stays as it is.</summary>
/// <param name="Name">Such as "Night"; also the text's key.</param>
/// <param name="ExposureTime">Null: automatic exposure chooses.</param>
/// <param name="AnalogueGain">Linear; null: automatic exposure chooses.</param>
public sealed record ExposurePreset(string Name, TimeSpan? ExposureTime, double? AnalogueGain)
{
    /// <summary>
    /// Automatic; by day at ISO 100 for the least noise; by night 6 s at ISO 800 (both from picamera's recipes, "Capturing consistent
    /// images" and "Capturing in low light"): automatic exposure never goes as long by itself.
    /// </summary>
    public static IReadOnlyList<ExposurePreset> All { get; } =
    [
        new("Auto", null, null),
        new("Day", null, 1),
        new("Night", TimeSpan.FromSeconds(6), 8),
    ];

    /// <summary>
    /// The state with this exposure, as near to it as the camera comes. A long exposure needs a frame rate that nobody fixed,
    /// so that it can lower it.
    /// </summary>
    public CameraControls On(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return CameraControlsRules.Fit(
            controls with
            {
                ExposureTime = ExposureTime,
                AnalogueGain = AnalogueGain,
                FrameRate = ExposureTime is null ? controls.FrameRate : null,
            },
            capabilities);
    }
}

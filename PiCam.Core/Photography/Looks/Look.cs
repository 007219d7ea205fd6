using System.Text.Json.Serialization;
using PiCam.Core.Cameras;

namespace PiCam.Core.Photography.Looks;

/// <summary>A named way to take the picture: exposure, colour and image controls. Not focus, zoom, stream or orientation.</summary>
/// <param name="Id">Never changes; fit for an address.</param>
/// <param name="Name">1 to 40 characters; of a built-in look also the text's key.</param>
/// <param name="Controls">Only the look's own controls count; the others are as in <see cref="CameraControls.Automatic"/>.</param>
public sealed record Look(string Id, string Name, CameraControls Controls)
{
    /// <summary>
    /// Automatic; by day at ISO 100 for the least noise; by night 6 s at ISO 800 (both from picamera's recipes, "Capturing consistent
    /// images" and "Capturing in low light"): automatic exposure never goes as long by itself; indoors by lamplight, longer before noisier.
    /// </summary>
    public static IReadOnlyList<Look> BuiltIn { get; } =
    [
        new("auto", "Auto", CameraControls.Automatic),
        new("day", "Day", CameraControls.Automatic with { AnalogueGain = 1 }),
        new("night", "Night", CameraControls.Automatic with { ExposureTime = TimeSpan.FromSeconds(6), AnalogueGain = 8 }),
        new("indoor", "Indoor", CameraControls.Automatic with { AwbMode = AwbMode.Indoor, AeExposureMode = AeExposureMode.Long }),
    ];

    /// <summary>Whether it came with PiCam.</summary>
    [JsonIgnore]
    public bool IsBuiltIn => BuiltIn.Any(look => look.Id == Id);

    /// <summary>The look's own controls out of a whole state; the others are as in <see cref="CameraControls.Automatic"/>.</summary>
    public static CameraControls Part(CameraControls controls) => Put(controls, CameraControls.Automatic);

    /// <summary>
    /// The state with this look, as near to it as the camera comes. A long exposure needs a frame rate that nobody fixed, so that
    /// it can lower it.
    /// </summary>
    public CameraControls On(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        var put = Put(Controls, controls);
        return CameraControlsRules.Fit(Controls.ExposureTime is null ? put : put with { FrameRate = null }, capabilities);
    }

    /// <summary>Whether choosing it on this camera would come to something else than choosing <paramref name="other"/>.</summary>
    public bool DiffersFrom(Look other, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(other);
        return On(CameraControls.Automatic, capabilities) != other.On(CameraControls.Automatic, capabilities);
    }

    // The mains frequency belongs to the place, not to the look.
    private static CameraControls Put(CameraControls look, CameraControls on)
    {
        ArgumentNullException.ThrowIfNull(look);
        return on with
        {
            ExposureTime = look.ExposureTime,
            AnalogueGain = look.AnalogueGain,
            ExposureValue = look.ExposureValue,
            AeExposureMode = look.AeExposureMode,
            AeMeteringMode = look.AeMeteringMode,
            AeConstraintMode = look.AeConstraintMode,
            AwbMode = look.AwbMode,
            ColourGains = look.ColourGains,
            ColourTemperature = look.ColourTemperature,
            Brightness = look.Brightness,
            Contrast = look.Contrast,
            Saturation = look.Saturation,
            Sharpness = look.Sharpness,
            NoiseReductionMode = look.NoiseReductionMode,
            HdrMode = look.HdrMode,
        };
    }
}

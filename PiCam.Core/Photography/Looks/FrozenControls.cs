using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Core.Photography.Looks;

/// <summary>The controls that were automatic and are held at what the camera used. Null: not held.</summary>
/// <param name="ExposureTime">Whole microseconds.</param>
/// <param name="AnalogueGain">Linear, with the digital gain in it.</param>
/// <param name="ColourGains">Red and blue, linear.</param>
/// <param name="ColourTemperature">Kelvin; held on cameras without <paramref name="ColourGains"/> only.</param>
public sealed record FrozenControls(TimeSpan? ExposureTime, double? AnalogueGain, ColourGains? ColourGains, double? ColourTemperature)
{
    /// <summary>Nothing is held.</summary>
    public static FrozenControls Nothing { get; } = new(null, null, null, null);

    /// <summary>Whether this camera can be locked: its exposure can be set, and it says which one it uses.</summary>
    public static bool CanFreeze(CameraState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Capabilities?.ExposureTime is not null
            && (state.Actual?.ExposureTime ?? state.Asked.ExposureTime) is not null;
    }

    /// <summary>Whether anything that could be frozen is automatic.</summary>
    public static bool AnyAutomatic(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        return (controls.ExposureTime is null && capabilities.ExposureTime is not null)
            || (controls.AnalogueGain is null && capabilities.AnalogueGain is not null)
            || (HasAutomaticColour(controls) && (capabilities.ColourGains ?? capabilities.ColourTemperature) is not null);
    }

    /// <summary>What is automatic, at what the frame says that the camera uses, as near to it as the camera can be set.</summary>
    public static FrozenControls Take(CameraControls controls, FrameMetadata frame, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(capabilities);
        var colour = HasAutomaticColour(controls);
        var gains = colour && capabilities.ColourGains is { } range && frame.ColourGains is { } used
            ? new ColourGains(range.Clamp(used.Red), range.Clamp(used.Blue))
            : (ColourGains?)null;
        return new FrozenControls(
            controls.ExposureTime is null && frame.ExposureTime is { } time
                ? capabilities.ExposureTime?.Clamp(TimeSpan.FromMicroseconds(Math.Round(time.TotalMicroseconds)))
                : null,
            controls.AnalogueGain is null && frame.AnalogueGain is { } gain
                ? capabilities.AnalogueGain?.Clamp(gain * (frame.DigitalGain ?? 1))
                : null,
            gains,
            colour && gains is null && frame.ColourTemperature is { } kelvin ? capabilities.ColourTemperature?.Clamp(kelvin) : null);
    }

    /// <summary>The state with these held.</summary>
    public CameraControls On(CameraControls controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return controls with
        {
            ExposureTime = ExposureTime ?? controls.ExposureTime,
            AnalogueGain = AnalogueGain ?? controls.AnalogueGain,
            ColourGains = ColourGains ?? controls.ColourGains,
            ColourTemperature = ColourTemperature ?? controls.ColourTemperature,
        };
    }

    /// <summary>The state with these automatic again, but for those that somebody has set otherwise meanwhile.</summary>
    public CameraControls Release(CameraControls controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        var still = StillIn(controls);
        return controls with
        {
            ExposureTime = still.ExposureTime is null ? controls.ExposureTime : null,
            AnalogueGain = still.AnalogueGain is null ? controls.AnalogueGain : null,
            ColourGains = still.ColourGains is null ? controls.ColourGains : null,
            ColourTemperature = still.ColourTemperature is null ? controls.ColourTemperature : null,
        };
    }

    /// <summary>The same, as near as the camera comes.</summary>
    public FrozenControls Fit(CameraCapabilities capabilities)
    {
        var fitted = CameraControlsRules.Fit(On(CameraControls.Automatic), capabilities);
        return new FrozenControls(fitted.ExposureTime, fitted.AnalogueGain, fitted.ColourGains, fitted.ColourTemperature);
    }

    /// <summary>Those of them that the state still shows; what somebody has changed is theirs.</summary>
    public FrozenControls StillIn(CameraControls controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return new FrozenControls(
            ExposureTime == controls.ExposureTime ? ExposureTime : null,
            Nullable.Equals(AnalogueGain, controls.AnalogueGain) ? AnalogueGain : null,
            ColourGains == controls.ColourGains ? ColourGains : null,
            Nullable.Equals(ColourTemperature, controls.ColourTemperature) ? ColourTemperature : null);
    }

    private static bool HasAutomaticColour(CameraControls controls) => controls is { ColourGains: null, ColourTemperature: null };
}

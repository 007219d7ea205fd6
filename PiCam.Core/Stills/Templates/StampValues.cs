using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;

namespace PiCam.Core.Stills.Templates;

/// <summary>What a <see cref="StampTemplate"/> is filled with. Null: not known; the stamp shows a dash.</summary>
public sealed record StampValues
{
    /// <summary>What the camera is called.</summary>
    public required string Name { get; init; }

    /// <summary>When the picture was taken, in the zone to be shown.</summary>
    public required DateTimeOffset Time { get; init; }

    public TimeSpan? ExposureTime { get; init; }

    /// <summary>Linear.</summary>
    public double? AnalogueGain { get; init; }

    /// <summary>Stops.</summary>
    public double? ExposureValue { get; init; }

    /// <summary>Kelvin.</summary>
    public double? ColourTemperature { get; init; }

    /// <summary>Degrees.</summary>
    public PanTilt? Aim { get; init; }

    /// <summary>The number of the picture in its sequence; 0 or more.</summary>
    public long Counter { get; init; }

    /// <summary>What a frame says of itself.</summary>
    /// <param name="name">What the camera is called.</param>
    /// <param name="time">When the picture was taken, in the zone to be shown.</param>
    /// <param name="metadata">Of the frame.</param>
    /// <param name="controls">What people asked for: the exposure value is in no frame.</param>
    /// <param name="aim">Where the gimbal stands, in degrees; null: there is none.</param>
    public static StampValues Of(string name, DateTimeOffset time, FrameMetadata metadata, CameraControls controls, PanTilt? aim)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(controls);
        return new()
        {
            Name = name,
            Time = time,
            ExposureTime = metadata.ExposureTime,
            AnalogueGain = metadata.AnalogueGain,
            ExposureValue = controls.ExposureValue,
            ColourTemperature = metadata.ColourTemperature,
            Aim = aim,
        };
    }
}

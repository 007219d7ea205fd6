using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;

namespace PiCam.Core.Stills;

/// <summary>What a picture's file says of how it was taken. Null: not known, and not written.</summary>
public sealed record ExifFields
{
    /// <summary>The longest <see cref="Description"/>, in characters; every other text may have <see cref="LongestName"/>.</summary>
    public const int LongestDescription = 2000;

    /// <summary>The longest <see cref="Make"/>, <see cref="Model"/> and <see cref="Software"/>, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>With the zone of the place; written to the millisecond.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Above 0, at most 4294 s; written to the microsecond or better.</summary>
    public TimeSpan? ExposureTime { get; init; }

    /// <summary>The ISO number, 1 to 65535.</summary>
    public int? Iso { get; init; }

    /// <summary>The focal length divided by the aperture, 0.1 to 1000.</summary>
    public double? FNumber { get; init; }

    /// <summary>Millimetres, 0.1 to 10000.</summary>
    public double? FocalLength { get; init; }

    /// <summary>Whole millimetres on 35 mm film that show as much, 1 to 65535.</summary>
    public int? FocalLengthIn35Millimetres { get; init; }

    /// <summary>Who made the camera; ASCII.</summary>
    public string? Make { get; init; }

    /// <summary>The camera's name; ASCII.</summary>
    public string? Model { get; init; }

    /// <summary>The program's name and version; ASCII.</summary>
    public string? Software { get; init; }

    /// <summary>In any language; may have several lines.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the camera chose shutter or gain.</summary>
    public bool? IsExposureAutomatic { get; init; }

    /// <summary>Whether it is one of several that differ in exposure on purpose, for HDR programs to find them.</summary>
    public bool IsBracketed { get; init; }

    /// <summary>Whether the camera chose the white balance.</summary>
    public bool? IsWhiteBalanceAutomatic { get; init; }

    /// <summary>Stops, −100 to 100.</summary>
    public double? ExposureBias { get; init; }

    /// <summary>Where the focus lies in dioptres, 0 to 1000; 0 is infinity.</summary>
    public double? LensPosition { get; init; }

    /// <summary>What a viewer has to do to the picture: 1 to 8 as in Exif; 1 is nothing.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Where the gimbal stood, in degrees from its own zero, which has no fixed bearing to north.</summary>
    public PanTilt? Aim { get; init; }

    /// <summary>What a frame and its camera say. A value that makes no sense, such as an exposure of 0, is not known.</summary>
    /// <param name="metadata">Of the picture itself.</param>
    /// <param name="controls">What people asked of the camera.</param>
    /// <param name="capabilities">Of the camera that took it.</param>
    public static ExifFields Of(FrameMetadata metadata, CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        var model = string.Concat(capabilities.Model.Where(c => c is >= ' ' and <= '~').Take(LongestName)).Trim();
        var automatic = controls.ExposureTime is null || controls.AnalogueGain is null;
        var fields = new ExifFields
        {
            ExposureTime = metadata.ExposureTime,
            Iso = metadata.AnalogueGain is { } gain and > 0 and < 600 ? (int)Math.Round(gain * Photography.Iso.Base) : null,
            Model = model.Length == 0 ? null : model,
            IsExposureAutomatic = automatic,
            IsWhiteBalanceAutomatic = controls.ColourGains is null && controls.ColourTemperature is null,
            ExposureBias = automatic ? controls.ExposureValue : null,
            LensPosition = metadata.LensPosition,
            Orientation = ExifOrientation.Of(Cameras.Orientation.Of(controls, capabilities.Flips)),
        };
        return fields with
        {
            ExposureTime = ExifRules.Fits(fields.ExposureTime) ? fields.ExposureTime : null,
            LensPosition = ExifRules.LensPosition.Holds(fields.LensPosition) ? fields.LensPosition : null,
            ExposureBias = ExifRules.ExposureBias.Holds(fields.ExposureBias) ? fields.ExposureBias : null,
        };
    }
}

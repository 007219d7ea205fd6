namespace PiCam.Core.Stills;

/// <summary>What a picture says of itself. Null: it does not say.</summary>
public sealed record ExifFields
{
    /// <summary>When it was taken, with the zone of the place.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>0 to about 49 days.</summary>
    public TimeSpan? ExposureTime { get; init; }

    /// <summary>1 to 65 535.</summary>
    public int? Iso { get; init; }

    /// <summary>Stops.</summary>
    public double? ExposureBias { get; init; }

    /// <summary>Whether people set the exposure by hand.</summary>
    public bool? IsManualExposure { get; init; }

    /// <summary>Whether people set the white balance by hand.</summary>
    public bool? IsManualWhiteBalance { get; init; }

    /// <summary>Millimetres.</summary>
    public double? FocalLength { get; init; }

    /// <summary>The aperture's.</summary>
    public double? FNumber { get; init; }

    /// <summary>Metres.</summary>
    public double? SubjectDistance { get; init; }

    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Software { get; init; }

    /// <summary>In any language.</summary>
    public string? Description { get; init; }

    /// <summary>How a viewer turns the picture: 1 to 8, as in the EXIF standard; 1 is upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Pixels, as they are stored.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, as they are stored.</summary>
    public int? Height { get; init; }

    /// <summary>Degrees, positive to the right of the gimbal's middle.</summary>
    public double? Pan { get; init; }

    /// <summary>Degrees above the gimbal's middle, which is level where the bracket is.</summary>
    public double? Tilt { get; init; }
}

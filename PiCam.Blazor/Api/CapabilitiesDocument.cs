using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

/// <summary>The answer of <c>GET /api/camera/capabilities</c>.</summary>
internal sealed record CapabilitiesDocument
{
    public required string Model { get; init; }

    public required string Source { get; init; }

    /// <summary>Pixels of the live stream.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>The sensor's whole pixel array.</summary>
    public PixelSize? SensorSize { get; init; }

    public required IReadOnlyList<SensorMode> SensorModes { get; init; }

    public SensorMode? SensorMode { get; init; }

    /// <summary>Degrees.</summary>
    public double? HorizontalFieldOfView { get; init; }

    /// <summary>Degrees.</summary>
    public double? VerticalFieldOfView { get; init; }

    /// <summary>By the controls' names; a control that the camera lacks is absent.</summary>
    public required IReadOnlyDictionary<string, object> Controls { get; init; }

    public static CapabilitiesDocument From(CameraCapabilities capabilities)
    {
        var controls = new Dictionary<string, object>();
        if (capabilities.ExposureTime is { } exposure)
        {
            // In microseconds, rounded inwards: what this document offers is accepted.
            controls[ControlNames.ExposureTime] = new
            {
                Minimum = (long)Math.Ceiling(exposure.Minimum.TotalMicroseconds),
                Maximum = (long)Math.Floor(exposure.Maximum.TotalMicroseconds),
                Default = (long)Math.Round(exposure.Default.TotalMicroseconds),
            };
        }

        Add(ControlNames.AnalogueGain, capabilities.AnalogueGain);
        Add(ControlNames.ExposureValue, capabilities.ExposureValue);
        if (capabilities.AwbModes.Count > 0)
        {
            controls[ControlNames.AwbMode] = capabilities.AwbModes;
        }

        Add(ControlNames.ColourGains, capabilities.ColourGains);
        Add(ControlNames.FrameRate, capabilities.FrameRate);
        if (capabilities.ScalerCropMaximum is { } crop)
        {
            var least = capabilities.ScalerCropMinimum ?? new(1, 1);
            controls[ControlNames.ScalerCrop] = new
            {
                Minimum = new[] { least.Width, least.Height },
                Maximum = new[] { crop.X, crop.Y, crop.Width, crop.Height },
            };
        }

        return new CapabilitiesDocument
        {
            Model = capabilities.Model,
            Source = capabilities.Source,
            Size = capabilities.Size,
            SensorSize = capabilities.SensorSize,
            SensorModes = capabilities.SensorModes,
            SensorMode = capabilities.SensorMode,
            HorizontalFieldOfView = capabilities.HorizontalFieldOfView,
            VerticalFieldOfView = capabilities.VerticalFieldOfView,
            Controls = controls,
        };

        void Add(string name, ControlRange<double>? range)
        {
            if (range is not null)
            {
                controls[name] = range;
            }
        }
    }
}

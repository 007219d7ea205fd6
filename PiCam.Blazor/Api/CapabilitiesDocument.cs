using System.Text.Json.Nodes;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

/// <summary>The answer of <c>GET /api/camera/capabilities</c>.</summary>
internal sealed record CapabilitiesDocument
{
    public required string Model { get; init; }

    public required string Source { get; init; }

    /// <summary>Pixels of the live stream.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Pixels of the largest still.</summary>
    public required PixelSize StillSize { get; init; }

    /// <summary>Whether the live picture stands still while a still is taken.</summary>
    public required bool StillPausesStream { get; init; }

    /// <summary>The sensor's whole pixel array.</summary>
    public PixelSize? SensorSize { get; init; }

    public required IReadOnlyList<SensorMode> SensorModes { get; init; }

    public SensorMode? SensorMode { get; init; }

    /// <summary>Degrees.</summary>
    public double? HorizontalFieldOfView { get; init; }

    /// <summary>Degrees.</summary>
    public double? VerticalFieldOfView { get; init; }

    /// <summary>By the controls' names; a control that the camera lacks is absent.</summary>
    public required JsonObject Controls { get; init; }

    public static CapabilitiesDocument From(CameraCapabilities capabilities) => new()
    {
        Model = capabilities.Model,
        Source = capabilities.Source,
        Size = capabilities.Size,
        StillSize = capabilities.StillSize ?? capabilities.Size,
        StillPausesStream = capabilities.StillPausesStream,
        SensorSize = capabilities.SensorSize,
        SensorModes = capabilities.SensorModes,
        SensorMode = capabilities.SensorMode,
        HorizontalFieldOfView = capabilities.HorizontalFieldOfView,
        VerticalFieldOfView = capabilities.VerticalFieldOfView,
        Controls = ControlValues.Limits(capabilities),
    };
}

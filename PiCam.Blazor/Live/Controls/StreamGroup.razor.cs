using System.Globalization;
using Microsoft.AspNetCore.Components;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live.Controls;

/// <summary>How the picture is read, sized, packed and turned.</summary>
public sealed partial class StreamGroup : CameraControlComponent
{
    /// <summary>What the page itself adds on top, such as how the picture travels.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private static string Pressed(bool on) => on ? "true" : "false";

    private static string ModeName(string size, CameraCapabilities c) =>
        c.SensorModes.FirstOrDefault(mode => mode.Size.ToString() == size) is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{size} · {known.MaximumFrameRate:0.#} fps")
            : size;

    private string SensorModeAutomatic(CameraCapabilities c) =>
        c.SensorMode is { } mode ? T["AutoIs", mode.Size.ToString()].Value : T["Auto"].Value;
}

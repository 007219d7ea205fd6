using PiCam.Core.Cameras.Controls;

namespace PiCam.Core.Cameras;

/// <summary>Which controls a camera takes, and within which limits.</summary>
public static class CameraControlsRules
{
    /// <summary>Every value in <paramref name="controls"/> that this camera cannot take; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        return [.. ControlTable.All.SelectMany(control => control.Check(controls, capabilities))];
    }

    /// <summary>
    /// The nearest state that this camera takes: values are clamped, controls it lacks go back to automatic. For settings
    /// that were stored for another camera.
    /// </summary>
    public static CameraControls Fit(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        return ControlTable.All.Aggregate(controls, (fitted, control) => control.Fit(fitted, capabilities));
    }
}

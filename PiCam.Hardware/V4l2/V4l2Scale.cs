using PiCam.Core.Cameras;

namespace PiCam.Hardware.V4l2;

/// <summary>
/// Puts a device's numbers, which mean nothing in themselves, on libcamera's scale: its default is the value that changes
/// nothing, and from there it is linear to either end, one unit away.
/// </summary>
/// <param name="Control">The device's control.</param>
/// <param name="Neutral">libcamera's value that changes nothing: 0 for Brightness, 1 for Contrast and its like.</param>
internal sealed record V4l2Scale(V4l2Control Control, double Neutral)
{
    /// <summary>What libcamera's scale has of it; a device whose default lies at an end has one side only.</summary>
    public ControlRange<double> Range => new(
        Control.Default > Control.Minimum ? Neutral - 1 : Neutral,
        Control.Maximum > Control.Default ? Neutral + 1 : Neutral,
        Neutral);

    /// <summary>The device's nearest value.</summary>
    public int ToDevice(double value)
    {
        var offset = Range.Clamp(value) - Neutral;
        var span = offset < 0 ? (double)Control.Default - Control.Minimum : (double)Control.Maximum - Control.Default;
        return V4l2Steps.Nearest(Control, Control.Default + (offset * span));
    }
}

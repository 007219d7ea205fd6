namespace PiCam.Hardware.V4l2;

/// <summary>A control's values are its minimum plus whole steps.</summary>
internal static class V4l2Steps
{
    /// <summary>The value of the device that is nearest to <paramref name="value"/>.</summary>
    public static int Nearest(V4l2Control control, double value)
    {
        // The default is always allowed, also when a sloppy driver puts it between two steps.
        if (value == control.Default)
        {
            return control.Default;
        }

        var bounded = Math.Clamp(value, control.Minimum, control.Maximum);
        var nearest = control.Minimum + (long)(Math.Round((bounded - control.Minimum) / control.Step) * control.Step);
        return (int)(nearest > control.Maximum ? nearest - control.Step : nearest);
    }
}

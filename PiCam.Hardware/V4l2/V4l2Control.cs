namespace PiCam.Hardware.V4l2;

/// <summary>A control as the device describes it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="Step">The values are Minimum plus a multiple of this; at least 1.</param>
/// <param name="Default">The value after a reset.</param>
/// <param name="MenuItems">The values that a menu really has; empty for a number.</param>
internal sealed record V4l2Control(V4l2ControlId Id, int Minimum, int Maximum, int Step, int Default, IReadOnlyList<int> MenuItems);

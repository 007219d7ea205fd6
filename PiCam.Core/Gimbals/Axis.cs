namespace PiCam.Core.Gimbals;

/// <summary>What a servo turns about.</summary>
public enum Axis
{
    /// <summary>The vertical axis: left and right.</summary>
    Pan,

    /// <summary>The horizontal axis: up and down.</summary>
    Tilt,
}

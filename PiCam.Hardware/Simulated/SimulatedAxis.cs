namespace PiCam.Hardware.Simulated;

/// <summary>Which way a simulated servo turns its mount.</summary>
public enum SimulatedAxis
{
    Pan,
    Tilt,
}

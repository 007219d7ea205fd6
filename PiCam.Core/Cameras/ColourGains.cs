namespace PiCam.Core.Cameras;

/// <summary>White balance as linear gains relative to green (libcamera: ColourGains, in the order red, blue).</summary>
public readonly record struct ColourGains(double Red, double Blue);

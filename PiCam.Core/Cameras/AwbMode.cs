namespace PiCam.Core.Cameras;

/// <summary>libcamera's AwbMode.</summary>
public enum AwbMode
{
    Auto,
    Incandescent,
    Tungsten,
    Fluorescent,
    Indoor,
    Daylight,
    Cloudy,
}

using System.Diagnostics.CodeAnalysis;

namespace PiCam.Core.Cameras;

/// <summary>libcamera's AeExposureMode: how automatic exposure shares its work between shutter and gain.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are libcamera's.")]
public enum AeExposureMode
{
    Normal,
    Short,
    Long,
    Custom,
}

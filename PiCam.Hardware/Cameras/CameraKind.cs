namespace PiCam.Hardware.Cameras;

/// <summary>The cameras there are.</summary>
internal enum CameraKind
{
    None,
    Simulated,
    Ffmpeg,
}

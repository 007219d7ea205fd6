namespace PiCam.Hardware.Cameras;

/// <summary>The cameras there are.</summary>
internal enum CameraKind
{
    /// <summary>The first webcam that is plugged in.</summary>
    Found,
    Simulated,
    Ffmpeg,
}

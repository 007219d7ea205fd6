namespace PiCam.Hardware.Cameras;

/// <summary>The cameras there are.</summary>
internal enum CameraKind
{
    /// <summary>The board's own camera, or the first webcam that is plugged in.</summary>
    Found,
    Libcamera,
    Rpicam,
    Simulated,
    Ffmpeg,
}

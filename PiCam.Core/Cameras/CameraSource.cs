namespace PiCam.Core.Cameras;

/// <summary>By what a camera that was found is reached.</summary>
public enum CameraSource
{
    /// <summary>The board's own, by the camera helper.</summary>
    Libcamera,

    /// <summary>The board's own, by Raspberry Pi's program.</summary>
    Rpicam,

    /// <summary>A webcam of the system's.</summary>
    Webcam,
}

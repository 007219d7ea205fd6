using PiCam.Hardware.Boards;

namespace PiCam.Hardware.Cameras;

/// <summary>Which camera and gimbal the configuration and the board come down to.</summary>
/// <param name="Camera">The kind of camera.</param>
/// <param name="HasSimulatedGimbal">Whether simulated servos move the view.</param>
internal sealed record CameraSelection(CameraKind Camera, bool HasSimulatedGimbal)
{
    /// <summary>
    /// Chooses. On a Raspberry Pi <c>auto</c> is a real camera or none, never the simulated one. Elsewhere it is the simulated
    /// one: a laptop's webcam must not go on unasked.
    /// </summary>
    public static CameraSelection From(string source, string driver, BoardModel board)
    {
        var kind = source switch
        {
            "simulated" => CameraKind.Simulated,
            "ffmpeg" => CameraKind.Ffmpeg,
            "libcamera" => CameraKind.Libcamera,
            _ => board.IsRaspberryPi ? CameraKind.Found : CameraKind.Simulated,
        };
        return new(kind, driver == "simulated" || (driver == "auto" && kind == CameraKind.Simulated));
    }
}

using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Cameras;

/// <summary>Which camera and gimbal the configuration and the board come down to.</summary>
/// <param name="Camera">The kind of camera.</param>
/// <param name="HasSimulatedGimbal">Whether simulated servos move the view.</param>
internal sealed record CameraSelection(CameraKind Camera, bool HasSimulatedGimbal)
{
    /// <summary>
    /// Chooses. On a Raspberry Pi <c>auto</c> is never the simulated camera: a made-up picture where a real one is expected
    /// would be a lie.
    /// </summary>
    public static CameraSelection From(CameraOptions camera, GimbalOptions gimbal, Board board)
    {
        var kind = camera.Source switch
        {
            "simulated" => CameraKind.Simulated,
            "ffmpeg" => CameraKind.Ffmpeg,
            _ => board.IsRaspberryPi ? CameraKind.None : CameraKind.Simulated,
        };
        return new(kind, gimbal.Driver == "simulated" || (gimbal.Driver == "auto" && kind == CameraKind.Simulated));
    }
}

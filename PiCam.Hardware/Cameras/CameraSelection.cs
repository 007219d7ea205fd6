using PiCam.Hardware.Boards;
using PiCam.Hardware.Gimbals;

namespace PiCam.Hardware.Cameras;

/// <summary>Which camera and gimbal the configuration and the board come down to.</summary>
/// <param name="Camera">The kind of camera.</param>
/// <param name="Gimbal">What turns it.</param>
internal sealed record CameraSelection(CameraKind Camera, GimbalKind Gimbal)
{
    /// <summary>
    /// Chooses. On a Raspberry Pi <c>auto</c> is a real camera or none, never the simulated one. Elsewhere it is the simulated
    /// one: a laptop's webcam must not go on unasked.
    /// </summary>
    /// <param name="source">What Camera:Source says.</param>
    /// <param name="driver">What Gimbal:Driver says.</param>
    /// <param name="board">What board it is.</param>
    /// <param name="hasPca9685">Looks for one on the bus; asked on a Raspberry Pi only.</param>
    /// <param name="namesPins">Whether the configuration says at which pins the servos are.</param>
    public static CameraSelection From(string source, string driver, BoardModel board, Func<bool> hasPca9685, bool namesPins)
    {
        var kind = source switch
        {
            "simulated" => CameraKind.Simulated,
            "ffmpeg" => CameraKind.Ffmpeg,
            "libcamera" => CameraKind.Libcamera,
            "rpicam" => CameraKind.Rpicam,
            _ => board.IsRaspberryPi ? CameraKind.Found : CameraKind.Simulated,
        };
        var gimbal = driver switch
        {
            "simulated" => GimbalKind.Simulated,
            "pca9685" => GimbalKind.Pca9685,
            "pwm" => GimbalKind.Pwm,
            "software" => GimbalKind.Software,
            "auto" when kind == CameraKind.Simulated => GimbalKind.Simulated,
            "auto" when board.IsRaspberryPi && hasPca9685() => GimbalKind.Pca9685,

            // A PWM chip alone says nothing: it may be there for sound, or for a fan.
            "auto" when board.IsRaspberryPi && namesPins => GimbalKind.Pwm,
            _ => GimbalKind.None,
        };
        return new(kind, gimbal);
    }
}

namespace PiCam.Hardware.Gimbals;

/// <summary>The drivers there are.</summary>
internal enum GimbalKind
{
    None,
    Simulated,
    Pca9685,
    Pwm,
    Software,
}

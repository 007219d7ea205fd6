namespace PiCam.Core.Gimbals;

/// <summary>The servos that this panel runs. Registered only when there is a gimbal.</summary>
/// <param name="Description">What drives them, in a few words for the console and the status page, such as "PCA9685 on I²C bus 1".</param>
/// <param name="Pan">Positive is right.</param>
/// <param name="Tilt">Positive is up.</param>
/// <param name="Pulses">What a servo is given until somebody has calibrated it.</param>
public sealed record GimbalHardware(Reason Description, IServo Pan, IServo Tilt, PulseRange Pulses)
{
    /// <summary>The pulses are timed by a program, so that the servos tremble; people are told.</summary>
    public bool Trembles { get; init; }
}

namespace PiCam.Core.Gimbals;

/// <summary>The gimbal's limits, from the configuration section <c>Gimbal</c>.</summary>
public sealed class GimbalOptions
{
    /// <summary>
    /// <c>auto</c> (simulated when the camera is; on a Raspberry Pi the PCA9685 if one answers; else none), <c>pca9685</c>,
    /// <c>simulated</c> or <c>none</c>.
    /// </summary>
    public string Driver { get; set; } = "auto";

    /// <summary>Which I²C bus: /dev/i2c-1 is 1.</summary>
    public int Bus { get; set; } = 1;

    /// <summary>The PCA9685's address on it, 3 to 119; 64 (0x40) with all its jumpers open.</summary>
    public int Address { get; set; } = 64;

    /// <summary>The PCA9685's oscillator in Hz, 20 to 30 million; as measured, if the servos' centres are off.</summary>
    public int OscillatorFrequency { get; set; } = 25_000_000;

    /// <summary>The pan servo's channel, 0 to 15.</summary>
    public int PanChannel { get; set; }

    /// <summary>The tilt servo's channel, 0 to 15.</summary>
    public int TiltChannel { get; set; } = 1;

    public AxisSettings Pan { get; set; } = new();

    public AxisSettings Tilt { get; set; } = new() { MinimumAngle = -30, MaximumAngle = 60 };
}

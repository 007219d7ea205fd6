namespace PiCam.Core.Gimbals;

/// <summary>The gimbal's limits, from the configuration section <c>Gimbal</c>.</summary>
public sealed class GimbalOptions
{
    /// <summary>
    /// <c>auto</c> (simulated when the camera is; on a Raspberry Pi the PCA9685 if one answers, else hardware PWM if
    /// <see cref="PanPin"/> and <see cref="TiltPin"/> are both given; else none), <c>pca9685</c>, <c>pwm</c>, <c>simulated</c>,
    /// <c>none</c> or <c>software</c>.
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

    /// <summary>The pan servo's GPIO: for <c>pwm</c> 12, 13, 18 or 19, for <c>software</c> 0 to 27.</summary>
    public int PanPin { get; set; } = 18;

    /// <summary>The tilt servo's GPIO, likewise; for <c>pwm</c> one of 13 and 19 where the other is one of 12 and 18.</summary>
    public int TiltPin { get; set; } = 19;

    /// <summary>The number of the PWM chip: /sys/class/pwm/pwmchip0 is 0; null: the one of the Raspberry Pi's pins.</summary>
    public int? PwmChip { get; set; }

    public AxisSettings Pan { get; set; } = new();

    public AxisSettings Tilt { get; set; } = new() { MinimumAngle = -30, MaximumAngle = 60 };
}

namespace PiCam.Core.Boards;

/// <summary>
/// What the Raspberry Pi's firmware says about supply and heat, bit for bit as <c>vcgencmd get_throttled</c> gives it
/// (raspberrypi.com, documentation of the Raspberry Pi OS, "get_throttled").
/// </summary>
[Flags]
public enum PowerFlags
{
    None = 0,

    /// <summary>Now: the supply is below 4.63 V (± 5 %).</summary>
    UnderVoltage = 1 << 0,

    /// <summary>Now: the processor's clock is capped.</summary>
    FrequencyCapped = 1 << 1,

    /// <summary>Now: the processor is slowed down, by heat or by the supply.</summary>
    Throttled = 1 << 2,

    /// <summary>Now: warmer than the soft limit (60 °C unless configured), so a little slower.</summary>
    SoftTemperatureLimit = 1 << 3,

    /// <summary>Since the board was started.</summary>
    UnderVoltageOccurred = 1 << 16,

    /// <inheritdoc cref="UnderVoltageOccurred"/>
    FrequencyCappedOccurred = 1 << 17,

    /// <inheritdoc cref="UnderVoltageOccurred"/>
    ThrottledOccurred = 1 << 18,

    /// <inheritdoc cref="UnderVoltageOccurred"/>
    SoftTemperatureLimitOccurred = 1 << 19,
}

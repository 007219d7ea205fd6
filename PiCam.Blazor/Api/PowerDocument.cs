using PiCam.Core.Boards;

namespace PiCam.Blazor.Api;

/// <summary>What the Raspberry Pi's firmware says (vcgencmd get_throttled), now and since the board was started.</summary>
internal sealed record PowerDocument(
    bool UnderVoltage,
    bool FrequencyCapped,
    bool Throttled,
    bool SoftTemperatureLimit,
    bool UnderVoltageOccurred,
    bool FrequencyCappedOccurred,
    bool ThrottledOccurred,
    bool SoftTemperatureLimitOccurred)
{
    public static PowerDocument From(PowerFlags flags) => new(
        flags.HasFlag(PowerFlags.UnderVoltage),
        flags.HasFlag(PowerFlags.FrequencyCapped),
        flags.HasFlag(PowerFlags.Throttled),
        flags.HasFlag(PowerFlags.SoftTemperatureLimit),
        flags.HasFlag(PowerFlags.UnderVoltageOccurred),
        flags.HasFlag(PowerFlags.FrequencyCappedOccurred),
        flags.HasFlag(PowerFlags.ThrottledOccurred),
        flags.HasFlag(PowerFlags.SoftTemperatureLimitOccurred));
}

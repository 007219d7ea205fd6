using PiCam.Core.Boards;

namespace PiCam.Blazor.Api;

/// <summary>The computer that the panel runs on. Null: it does not say.</summary>
/// <param name="Model">For example "Raspberry Pi 4 Model B Rev 1.4".</param>
/// <param name="Temperature">Of the processor, in °C.</param>
/// <param name="Power">Supply and heat, as the Raspberry Pi's firmware sees them.</param>
/// <param name="ProcessorUse">Share of all cores in use, 0 to 1.</param>
/// <param name="Load">Average over one minute.</param>
/// <param name="Cores">Processor cores.</param>
/// <param name="Memory">In bytes.</param>
/// <param name="Disk">Where PiCam's data is; in bytes.</param>
/// <param name="PiCamMemory">Bytes that PiCam itself occupies.</param>
/// <param name="Uptime">Seconds since the board was started.</param>
/// <param name="Warnings">What somebody should do something about.</param>
internal sealed record BoardDocument(
    string? Model,
    double? Temperature,
    PowerDocument? Power,
    double? ProcessorUse,
    double? Load,
    int Cores,
    SpaceDocument? Memory,
    SpaceDocument? Disk,
    long PiCamMemory,
    double? Uptime,
    IReadOnlyList<string> Warnings)
{
    public static BoardDocument From(BoardMonitor monitor)
    {
        var health = monitor.Health;
        return new BoardDocument(
            health.Model,
            health.Temperature,
            health.Power is { } power ? PowerDocument.From(power) : null,
            health.ProcessorUse is { } use ? Math.Round(use, 3) : null,
            health.Load,
            health.Cores,
            SpaceDocument.From(health.Memory),
            SpaceDocument.From(health.Disk),
            health.OwnMemory,
            health.Uptime?.TotalSeconds,
            [.. monitor.Warnings.Select(w => w.English)]);
    }
}

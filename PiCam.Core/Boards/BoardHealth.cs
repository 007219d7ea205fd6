namespace PiCam.Core.Boards;

/// <summary>How the board does at one moment. Null everywhere means that this board does not say.</summary>
public sealed record BoardHealth
{
    /// <summary>For example "Raspberry Pi 4 Model B Rev 1.4".</summary>
    public string? Model { get; init; }

    /// <summary>Of the processor, in °C.</summary>
    public double? Temperature { get; init; }

    /// <summary>Supply and heat, as the firmware sees them.</summary>
    public PowerFlags? Power { get; init; }

    /// <summary>Share of all cores in use since the last reading, 0 to 1; null at the first.</summary>
    public double? ProcessorUse { get; init; }

    /// <summary>Runnable and waiting tasks, averaged over one minute, as uptime(1) gives it.</summary>
    public double? Load { get; init; }

    /// <summary>Processor cores.</summary>
    public int Cores { get; init; }

    /// <summary>Of the board.</summary>
    public Space? Memory { get; init; }

    /// <summary>Of the disk that holds PiCam's data.</summary>
    public Space? Disk { get; init; }

    /// <summary>Memory that PiCam itself occupies, in bytes.</summary>
    public long OwnMemory { get; init; }

    /// <summary>Since the board was started.</summary>
    public TimeSpan? Uptime { get; init; }
}

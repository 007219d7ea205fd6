using System.Globalization;
using PiCam.Core.Boards;

namespace PiCam.Hardware.Boards;

/// <summary>Reads a board's health from Linux's /proc and /sys.</summary>
/// <param name="model">What board it is.</param>
/// <param name="dataFolder">A folder on the disk to watch; need not exist yet.</param>
/// <param name="root">Where /proc and /sys are; other than "/" in tests only.</param>
internal sealed class LinuxBoard(BoardModel model, string dataFolder, string root = "/") : IBoard
{
    // Raspberry Pi, other boards, PCs, in this order.
    private static readonly string[] ProcessorZones = ["cpu-thermal", "cpu_thermal", "soc-thermal", "x86_pkg_temp"];

    private static readonly PowerFlags KnownFlags = Enum.GetValues<PowerFlags>().Aggregate((all, flag) => all | flag);

    private readonly Lock gate = new();
    private ProcessorTime? last;

    public BoardHealth Read() => new()
    {
        Model = model.Name,
        Temperature = Temperature(),
        Power = Power(),
        ProcessorUse = ProcessorUse(),
        Load = ProcNumber("proc/loadavg"),
        Cores = Environment.ProcessorCount,
        Memory = Memory(),
        Disk = Disk(),
        OwnMemory = Environment.WorkingSet,
        Uptime = ProcNumber("proc/uptime") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private double? Temperature()
    {
        var zones = Folders("sys/class/thermal", "thermal_zone*")
            .Select(zone => (Rank: Array.IndexOf(ProcessorZones, Text(Path.Combine(zone, "type"))), Zone: zone))
            .Where(z => z.Rank >= 0)
            .OrderBy(z => z.Rank);
        return zones.Select(z => Number(Text(Path.Combine(z.Zone, "temp")))).FirstOrDefault(t => t is not null) / 1000;
    }

    private PowerFlags? Power()
    {
        // The Raspberry Pi's own kernel: the device is "soc:firmware" on most models, "soc@107c000000:firmware" on the Pi 5.
        foreach (var firmware in Folders("sys/bus/platform/devices", "*firmware"))
        {
            if (int.TryParse(Text(Path.Combine(firmware, "get_throttled")), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags))
            {
                return (PowerFlags)flags & KnownFlags;
            }
        }

        // Any kernel with the raspberrypi-hwmon driver: the supply only.
        var supply = Folders("sys/class/hwmon", "hwmon*").FirstOrDefault(h => Text(Path.Combine(h, "name")) == "rpi_volt");
        return supply is null
            ? null
            : Text(Path.Combine(supply, "in0_lcrit_alarm")) switch
            {
                "0" => PowerFlags.None,
                "1" => PowerFlags.UnderVoltage,
                _ => null,
            };
    }

    private double? ProcessorUse()
    {
        // "cpu  user nice system idle iowait irq softirq steal guest guest_nice"; the guests are in user and nice already.
        var fields = Text(Rooted("proc/stat"))?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", _, _, _, _, ..])
        {
            return null;
        }

        var ticks = fields.Skip(1).Take(8).Select(f => long.TryParse(f, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
        var now = new ProcessorTime(ticks.Sum(), ticks[3] + (ticks.Length > 4 ? ticks[4] : 0));
        lock (gate)
        {
            var before = last;
            last = now;
            return before is { } then && now.Total > then.Total
                ? Math.Clamp(1 - ((double)(now.Idle - then.Idle) / (now.Total - then.Total)), 0, 1)
                : null;
        }
    }

    private Space? Memory()
    {
        var lines = Text(Rooted("proc/meminfo"))?.Split('\n') ?? [];
        return Kilobytes("MemTotal:") is { } total && Kilobytes("MemAvailable:") is { } free ? new Space(total * 1024, free * 1024) : null;

        long? Kilobytes(string name) =>
            lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            && long.TryParse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out var n)
                ? n
                : null;
    }

    private Space? Disk()
    {
        try
        {
            var drive = new DriveInfo(dataFolder);
            return new Space(drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private double? ProcNumber(string file) => Number(Text(Rooted(file))?.Split(' ')[0]);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Rooted(string path) => Path.Combine(root, path);

    private string[] Folders(string parent, string pattern)
    {
        try
        {
            var path = Rooted(parent);
            return Directory.Exists(path) ? [.. Directory.GetDirectories(path, pattern).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A file's text; null when this board does not have the file, or its driver will not say.</summary>
    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private readonly record struct ProcessorTime(long Total, long Idle);
}

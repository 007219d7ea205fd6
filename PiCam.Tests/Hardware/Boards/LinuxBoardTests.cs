using PiCam.Core.Boards;
using PiCam.Hardware.Boards;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Boards;

/// <summary>Boards as files: those of a Raspberry Pi, of another kernel, of a PC, and none at all.</summary>
public sealed class LinuxBoardTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("soc:firmware")]
    [InlineData("soc@107c000000:firmware")]
    public void Read_RaspberryPi_SaysAllThereIs(string firmware)
    {
        Write("model", "Raspberry Pi 4 Model B Rev 1.4\0");
        Write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        Write("sys/class/thermal/thermal_zone0/temp", "61835\n");
        Write($"sys/bus/platform/devices/{firmware}/get_throttled", "50005\n");
        Write("proc/loadavg", "0.52 0.58 0.59 1/597 12345\n");
        Write("proc/meminfo", "MemTotal:         949704 kB\nMemFree:           84204 kB\nMemAvailable:     500000 kB\n");
        Write("proc/uptime", "3723.45 14000.00\n");

        var health = Board().Read();

        Assert.Equal("Raspberry Pi 4 Model B Rev 1.4", health.Model);
        Assert.Equal(61.835, health.Temperature!.Value, 6);
        Assert.Equal(
            PowerFlags.UnderVoltage | PowerFlags.Throttled | PowerFlags.UnderVoltageOccurred | PowerFlags.ThrottledOccurred, health.Power);
        Assert.Equal(0.52, health.Load);
        Assert.Equal(new Space(949704L * 1024, 500000L * 1024), health.Memory);
        Assert.Equal(TimeSpan.FromSeconds(3723.45), health.Uptime);
        Assert.True(health.Disk!.Value.Total >= health.Disk.Value.Free);
        Assert.True(health.Disk.Value.Free > 0);
        Assert.True(health.OwnMemory > 1_000_000);
    }

    [Theory]
    [InlineData("0", PowerFlags.None)]
    [InlineData("1", PowerFlags.UnderVoltage)]
    public void Read_KernelWithTheVoltageSensorOnly_KnowsTheSupply(string alarm, PowerFlags expected)
    {
        Write("sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
        Write("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        Write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", alarm + "\n");

        Assert.Equal(expected, Board().Read().Power);
    }

    [Fact]
    public void Read_BitsThatNobodyKnows_AreLeftOut()
    {
        Write("sys/bus/platform/devices/soc:firmware/get_throttled", "f00000f2\n");

        Assert.Equal(PowerFlags.FrequencyCapped, Board().Read().Power);
    }

    [Fact]
    public void Read_Pc_TakesTheProcessorsZone()
    {
        Write("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        Write("sys/class/thermal/thermal_zone0/temp", "27800\n");
        Write("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp\n");
        Write("sys/class/thermal/thermal_zone1/temp", "48000\n");

        var health = Board().Read();

        Assert.Equal(48, health.Temperature);
        Assert.Null(health.Power);
        Assert.Null(health.Model);
    }

    [Fact]
    public void Read_Twice_GivesTheShareOfTheTimeBetween()
    {
        // user nice system idle iowait irq softirq steal guest guest_nice
        Write("proc/stat", "cpu  1000 0 500 8000 500 0 0 0 900 0\ncpu0 1 1 1 1\n");
        var board = Board();
        Assert.Null(board.Read().ProcessorUse);

        Write("proc/stat", "cpu  1200 0 600 8600 600 0 0 0 1000 0\n");
        Assert.Equal(0.3, board.Read().ProcessorUse!.Value, 6);
    }

    [Fact]
    public void Read_NothingThereOrNonsense_IsNull()
    {
        Write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        Write("sys/class/thermal/thermal_zone0/temp", "hot\n");
        Write("sys/bus/platform/devices/soc:firmware/get_throttled", "\n");
        Write("proc/meminfo", "MemTotal: lots\n");
        Write("proc/stat", "");
        Write("proc/uptime", "?");

        var health = new LinuxBoard(new BoardModel(root["model"]), "relative/and/missing", root.Path).Read();

        Assert.Equal(
            new BoardHealth { Cores = health.Cores, OwnMemory = health.OwnMemory, Disk = health.Disk }, health);
    }

    [Fact]
    public void Read_ThisMachine_HasLoadMemoryDiskAndUptime()
    {
        var health = new LinuxBoard(new BoardModel(), root.Path).Read();

        Assert.NotNull(health.Load);
        Assert.NotNull(health.Disk);
        Assert.True(health.Memory!.Value.Total > health.OwnMemory);
        Assert.True(health.Uptime > TimeSpan.Zero);
    }

    private LinuxBoard Board() => new(new BoardModel(root["model"]), root.Path, root.Path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root[path])!);
        File.WriteAllText(root[path], text);
    }
}

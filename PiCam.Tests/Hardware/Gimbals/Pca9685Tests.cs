using PiCam.Hardware.Gimbals;
using PiCam.Tests.Rig;
using Xunit;

namespace PiCam.Tests.Hardware.Gimbals;

/// <summary>The bytes on the bus, against the data sheet.</summary>
public sealed class Pca9685Tests
{
    private const int Mode1 = 0x00;
    private const int PreScale = 0xFE;

    private readonly FakeI2cBus bus = new();

    public Pca9685Tests()
    {
        // As after power-on: asleep, all-call, 200 Hz, every channel off.
        bus.Registers[Mode1] = 0x11;
        bus.Registers[PreScale] = 0x1E;
        ((byte[])[0x04, 0xE2, 0xE4, 0xE8, 0xE0]).CopyTo(bus.Registers, 1);
        for (var channel = 0; channel < 16; channel++)
        {
            bus.Registers[0x09 + (4 * channel)] = 0x10;
        }
    }

    private Pca9685 Chip => new(bus.Open);

    [Fact]
    public void FirstUse_AfterPowerOn_SetsFiftyHertzInItsSleepAndWakesIt()
    {
        using var chip = Chip;
        chip.WritePulseWidth(0, 1500);

        // Sleep with auto-increment and without all-call; prescale 121; awake; then the one channel.
        Assert.Equal(["0030", "FE79", "0020", "060000" + "3301"], bus.Writes);
    }

    [Theory]
    [InlineData(0, 500, "0600006600")]
    [InlineData(0, 1500, "0600003301")]
    [InlineData(1, 2500, "0A00000002")]
    [InlineData(15, 1500, "4200003301")]
    public void WritePulseWidth_IsOneTransferOfFiveBytes(int channel, double microseconds, string expected)
    {
        using var chip = Chip;
        chip.WritePulseWidth(3, 1000);
        bus.Writes.Clear();

        chip.WritePulseWidth(channel, microseconds);

        Assert.Equal([expected], bus.Writes);
        Assert.Equal(microseconds, chip.ReadPulseWidth(channel)!.Value, chip.MicrosecondsPerCount / 2);
    }

    [Fact]
    public void Stop_IsFullOff_AndReadsAsNoPulse()
    {
        using var chip = Chip;
        chip.WritePulseWidth(2, 1500);
        bus.Writes.Clear();

        chip.Stop(2);

        Assert.Equal(["0E00000010"], bus.Writes);
        Assert.Null(chip.ReadPulseWidth(2));
    }

    [Fact]
    public void FirstUse_ChipThatRunsAlready_IsLeftAtWhatItDoes()
    {
        using (var before = Chip)
        {
            before.WritePulseWidth(0, 1800);
        }

        bus.Writes.Clear();
        using var chip = Chip;

        Assert.Equal(1800, chip.ReadPulseWidth(0)!.Value, 3.0);
        Assert.Empty(bus.Writes);
    }

    [Fact]
    public void ChipLosesItsPower_BetweenTwoWrites_IsWokenAgain()
    {
        using var chip = Chip;
        chip.WritePulseWidth(0, 1500);
        bus.Fails = true;
        var failed = Assert.Throws<IOException>(() => chip.WritePulseWidth(0, 1600));
        Assert.Contains("PCA9685", failed.Message, StringComparison.Ordinal);
        (bus.Fails, bus.Registers[Mode1], bus.Registers[PreScale]) = (false, 0x11, 0x1E);
        bus.Writes.Clear();

        chip.WritePulseWidth(0, 1600);

        Assert.Equal(["0030", "FE79", "0020", "0600004801"], bus.Writes);
    }

    [Fact]
    public void Oscillator_AsMeasured_SetsTheRateByIt()
    {
        using var chip = new Pca9685(bus.Open, 26_500_000);
        chip.WritePulseWidth(0, 1500);

        Assert.Equal("FE80", bus.Writes[1]);
        Assert.Equal(129 / 26.5, chip.MicrosecondsPerCount, 1e-9);
    }

    [Fact]
    public void IsThere_ChipNobodyOrSomethingElse_Knows()
    {
        Assert.True(Pca9685.IsThere(bus.Open));
        bus.Registers[PreScale] = 0;
        Assert.False(Pca9685.IsThere(bus.Open));
        bus.Fails = true;
        Assert.False(Pca9685.IsThere(bus.Open));
        Assert.False(Pca9685.IsThere(() => throw new IOException("Can not open I2C device file '/dev/i2c-1'.")));
    }

    /// <summary>The tests of <see cref="Pca9685InRig"/>, on a real kernel's I²C.</summary>
    [Fact]
    public Task Gimbal_OnARealKernel_MovesTheChipAndOutlivesItsFailures() =>
        RigMachine.RunTestsAsync(typeof(Pca9685InRig), TimeSpan.FromSeconds(240));

    [Fact]
    public void FirstUse_AtAnotherRate_EndsAllPulsesInsteadOfChangingThem()
    {
        bus.Registers[Mode1] = 0x20;
        bus.Registers[PreScale] = 0x64;
        ((byte[])[0, 0, 0x33, 0x01]).CopyTo(bus.Registers, 0x06);
        using var chip = Chip;

        chip.ReadPulseWidth(1);

        Assert.Equal(["FA00000010", "0030", "FE79", "0020"], bus.Writes);
    }

    [Fact]
    public void IsThere_PowerMonitorAtTheSameAddress_IsNotTakenForIt()
    {
        Assert.True(Pca9685.IsThere(bus.Open));

        // An INA226 after power-on gives the high byte of each register: configuration 0x4127, the measurements, calibration, alerts.
        ((byte[])[0x41, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00]).CopyTo(bus.Registers, 0);
        bus.Registers[PreScale] = 0x54;
        Assert.False(Pca9685.IsThere(bus.Open));
    }
}

using System.Device.I2c;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Gimbals;

/// <summary>Run by <see cref="Pca9685Tests"/> inside the rig: /dev/i2c-1 has a model of the chip at 0x40.</summary>
public sealed class Pca9685InRig : IAsyncDisposable
{
    private readonly Pca9685 chip = new(() => I2cDevice.Create(new I2cConnectionSettings(1, 0x40)));
    private readonly Gimbal gimbal;

    public Pca9685InRig()
    {
        gimbal = NewGimbal();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Model { get; } = Directory.GetDirectories("/sys/devices/platform", "i2c-fake*")[0];

    public async ValueTask DisposeAsync()
    {
        await gimbal.DisposeAsync();
        chip.Dispose();
    }

    [Fact(Explicit = true)]
    public async Task Gimbal_MovesRestsFailsAndRecovers_AsTheRegistersShow()
    {
        Assert.True(Pca9685.IsThere(() => I2cDevice.Create(new I2cConnectionSettings(1, 0x40))));
        Assert.False(Pca9685.IsThere(() => I2cDevice.Create(new I2cConnectionSettings(1, 0x41))));
        await gimbal.StartAsync(Token);
        await MoveAsync(30, -10);
        Assert.Equal((121, 0x20), (Register(0xFE), Register(0x00) & 0x31));
        Assert.Equal(PulseOf(30), Pulse(0), 3.0);
        Assert.Equal(PulseOf(-10), Pulse(1), 3.0);

        // One transfer per channel and update: a step of both axes is two.
        var before = Transfers();
        chip.WritePulseWidth(5, 1500);
        Assert.Equal(before + 1, Transfers());

        // A glitch of one transfer, in a move: nobody notices.
        gimbal.AbsoluteMove(Callers.Operator, -30, 20);
        Write("fail_next", "1");
        await RestAsync();
        Assert.Null(gimbal.Status.Fault);
        Assert.Equal(PulseOf(-30), Pulse(0), 3.0);

        // The chip is gone, in a move: the fault is shown, and goes by itself when the chip is back.
        gimbal.AbsoluteMove(Callers.Operator, 30, 20);
        Write("present", "0");
        await Eventually.TrueAsync(() => gimbal.Status.Fault is not null, "the fault is shown", Token);
        Assert.Contains("PCA9685", gimbal.Status.Fault!.English, StringComparison.Ordinal);
        Assert.False(gimbal.Status.Moving);
        Write("present", "1");
        await Eventually.TrueAsync(() => gimbal.Status.Fault is null, "the fault goes", Token);
        await MoveAsync(15, 0);
        Assert.Equal(PulseOf(15), Pulse(0), 3.0);

        // Another run of the panel begins where the chip holds the servos.
        var next = NewGimbal();
        await using (next)
        {
            await next.StartAsync(Token);
            Assert.Equal(15, next.Status.Position.Pan, 0.5);
        }

        await gimbal.StopAsync(Token);
        Assert.Equal((0x10, 0x10), (Register(0x09) & 0x10, Register(0x0D) & 0x10));
    }

    private static double PulseOf(double degrees) => 1500 + (degrees * AxisSettings.NominalPulsePerDegree);

    private static int Register(int number) => int.Parse(
        File.ReadAllText(Path.Combine(Model, "regs")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[number],
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private static long Transfers() => long.Parse(File.ReadAllText(Path.Combine(Model, "xfers")), CultureInfo.InvariantCulture);

    private static void Write(string file, string value) => File.WriteAllText(Path.Combine(Model, file), value);

    private double Pulse(int channel) =>
        (Register(0x08 + (4 * channel)) | ((Register(0x09 + (4 * channel)) & 0x0F) << 8)) * chip.MicrosecondsPerCount;

    private Gimbal NewGimbal() => new(
        Options.Create(new GimbalOptions()),
        TimeProvider.System,
        NullLogger<Gimbal>.Instance,
        new GimbalHardware("PCA9685", new Pca9685Servo(chip, 0), new Pca9685Servo(chip, 1), PulseRange.Careful));

    private async Task MoveAsync(double pan, double tilt)
    {
        gimbal.AbsoluteMove(Callers.Operator, pan, tilt);
        await RestAsync();
    }

    private Task RestAsync() => Eventually.TrueAsync(() => !gimbal.Status.Moving, "the gimbal rests", Token);
}

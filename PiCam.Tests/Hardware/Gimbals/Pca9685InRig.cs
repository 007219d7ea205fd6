using System.Device.I2c;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Rig;
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
        Assert.Equal((121, 0x20), (RigChip.Register(0xFE), RigChip.Register(0x00) & 0x31));
        Assert.Equal(RigChip.PulseWidthOf(30), RigChip.PulseWidth(0), 3.0);
        Assert.Equal(RigChip.PulseWidthOf(-10), RigChip.PulseWidth(1), 3.0);

        // One transfer per channel and update: a step of both axes is two.
        var before = RigChip.Transfers;
        chip.WritePulseWidth(5, 1500);
        Assert.Equal(before + 1, RigChip.Transfers);

        // A glitch of one transfer, in a move: nobody notices.
        gimbal.AbsoluteMove(Callers.Operator, -30, 20);
        RigChip.FailNext(1);
        await RestAsync();
        Assert.Null(gimbal.Status.Fault);
        Assert.Equal(RigChip.PulseWidthOf(-30), RigChip.PulseWidth(0), 3.0);

        // The chip is gone, in a move: the fault is shown, and goes by itself when the chip is back.
        gimbal.AbsoluteMove(Callers.Operator, 30, 20);
        RigChip.SetPresent(false);
        await Eventually.TrueAsync(() => gimbal.Status.Fault is not null, "the fault is shown", Token);
        Assert.Contains("PCA9685", gimbal.Status.Fault!.English, StringComparison.Ordinal);
        Assert.False(gimbal.Status.Moving);
        RigChip.SetPresent(true);
        await Eventually.TrueAsync(() => gimbal.Status.Fault is null, "the fault goes", Token);
        await MoveAsync(15, 0);
        Assert.Equal(RigChip.PulseWidthOf(15), RigChip.PulseWidth(0), 3.0);

        // Another run of the panel begins where the chip holds the servos.
        var next = NewGimbal();
        await using (next)
        {
            await next.StartAsync(Token);
            Assert.Equal(15, next.Status.Position.Pan, 0.5);
        }

        await gimbal.StopAsync(Token);
        Assert.True(RigChip.IsOff(0) && RigChip.IsOff(1));
    }

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

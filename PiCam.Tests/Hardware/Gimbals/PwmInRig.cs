using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Gimbals;

/// <summary>Run by <see cref="PwmServoTests"/> inside the rig: /sys/class/pwm/pwmchip0 has four channels, and the kernel's log shows each change.</summary>
public sealed class PwmInRig
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Gimbal_MovesRestsAndStops_AsTheKernelsLogShows()
    {
        await using var gimbal = NewGimbal();
        await gimbal.StartAsync(Token);
        Assert.Null(gimbal.Status.Fault);
        Assert.Empty(await LogAsync());

        gimbal.AbsoluteMove(Callers.Operator, 30, -10);
        await RestAsync(gimbal);

        // GPIO 18 and 19 are channels 2 and 3 of a chip with four.
        var log = await LogAsync();
        var pan = log.Where(line => line.StartsWith("ch2 ", StringComparison.Ordinal)).ToList();
        Assert.Equal("ch2 period=20000000 duty=0 off normal", pan[0]);
        Assert.Matches(@"^ch2 period=20000000 duty=\d{7} off normal$", pan[1]);
        Assert.Equal(pan[1].Replace("off", "on", StringComparison.Ordinal), pan[2]);
        Assert.All(pan.Skip(2), line => Assert.Matches(@"^ch2 period=20000000 duty=\d{7} on normal$", line));
        Assert.Equal($"ch2 period=20000000 duty={PulseOf(30)} on normal", pan[^1]);
        Assert.Equal($"ch3 period=20000000 duty={PulseOf(-10)} on normal", log.Last(line => line.StartsWith("ch3 ", StringComparison.Ordinal)));

        // Another run of the panel begins where the chip holds the servos, and tells them nothing.
        await using (var next = NewGimbal())
        {
            await next.StartAsync(Token);
            Assert.Equal((30, -10), (Math.Round(next.Status.Position.Pan, 2), Math.Round(next.Status.Position.Tilt, 2)));
            Assert.Equal(log.Count, (await LogAsync()).Count);
        }

        // First the pulses end, then the channels.
        await gimbal.StopAsync(Token);
        Assert.Equal(
            [
                "ch2 period=20000000 duty=0 on normal", "ch2 period=20000000 duty=0 off normal",
                "ch3 period=20000000 duty=0 on normal", "ch3 period=20000000 duty=0 off normal",
            ],
            (await LogAsync()).Skip(log.Count));
    }

    [Fact(Explicit = true)]
    public void WritePulseWidth_ChannelThatHasLongerPulses_IsTakenOver()
    {
        // As another program left it; the kernel takes no period that is shorter than the pulse.
        File.WriteAllText("/sys/class/pwm/pwmchip0/export", "0");
        File.WriteAllText("/sys/class/pwm/pwmchip0/pwm0/period", "100000000");
        File.WriteAllText("/sys/class/pwm/pwmchip0/pwm0/duty_cycle", "50000000");
        var servo = new PwmServo(new PwmPins(0), 12, 13);

        servo.WritePulseWidth(1500);

        Assert.Equal("20000000\n", File.ReadAllText("/sys/class/pwm/pwmchip0/pwm0/period"));
        Assert.Equal(1500, servo.ReadPulseWidth());
        servo.Stop();
        Assert.Null(servo.ReadPulseWidth());
    }

    private static long PulseOf(double degrees) => (long)Math.Round((1500 + (degrees * AxisSettings.NominalPulsePerDegree)) * 1000);

    private static Gimbal NewGimbal()
    {
        var pins = new PwmPins(0);
        return new Gimbal(
            Options.Create(new GimbalOptions()),
            TimeProvider.System,
            NullLogger<Gimbal>.Instance,
            new GimbalHardware("PWM", new PwmServo(pins, 18, 19), new PwmServo(pins, 19, 18), PulseRange.Careful));
    }

    /// <summary>What the chip was told so far about GPIO 18 and 19.</summary>
    private static async Task<IReadOnlyList<string>> LogAsync()
    {
        using var dmesg = Process.Start(new ProcessStartInfo("dmesg") { RedirectStandardOutput = true })!;
        var lines = await dmesg.StandardOutput.ReadToEndAsync(Token);
        await dmesg.WaitForExitAsync(Token);
        return [.. lines.Split('\n').Where(line => line.Contains("pwm-fake: ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("pwm-fake: ", StringComparison.Ordinal) + "pwm-fake: ".Length)..])
            .Where(line => !line.StartsWith("ch0 ", StringComparison.Ordinal))];
    }

    private static Task RestAsync(Gimbal gimbal) => Eventually.TrueAsync(() => !gimbal.Status.Moving, "the gimbal rests", Token);
}

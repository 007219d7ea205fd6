using PiCam.Core.Lines;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Rig;
using Xunit;

namespace PiCam.Tests.Hardware.Gimbals;

/// <summary>On a folder that looks like the kernel's; what only a kernel can tell is in <see cref="PwmInRig"/>.</summary>
public sealed class PwmServoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("fe20c000.pwm", 2, 18, "pwm0")]
    [InlineData("fe20c000.pwm", 2, 12, "pwm0")]
    [InlineData("3f20c000.pwm", 2, 19, "pwm1")]
    [InlineData("3f20c000.pwm", 2, 13, "pwm1")]
    [InlineData("1f00098000.pwm", 4, 12, "pwm0")]
    [InlineData("1f00098000.pwm", 4, 13, "pwm1")]
    [InlineData("1f00098000.pwm", 4, 18, "pwm2")]
    [InlineData("1f00098000.pwm", 4, 19, "pwm3")]
    public void WritePulseWidth_BesideOtherChips_IsOnThePinsChannelOfTheRightOne(string device, int channels, int pin, string expected)
    {
        // A Pi 4's sound, a Pi 5's fan and its firmware's come first or last as they please.
        AddChip(0, "fe20c800.pwm", 2);
        AddChip(1, "1f0009c000.pwm", 4);
        AddChip(2, "107d517a80.pwm", 2);
        var chip = AddChip(6, device, channels);

        Servo(pin).WritePulseWidth(1500);

        Assert.Equal(("20000000", "1500000", "1"), State(Path.Combine(chip, expected)));
        Assert.All(Directory.GetDirectories(chip, "pwm*").Where(path => Path.GetFileName(path) != expected), Untouched);
        Assert.All(Directory.GetDirectories(folder.Path, "pwmchip*").Where(path => path != chip).SelectMany(path => Directory.GetDirectories(path, "pwm?")), Untouched);

        void Untouched(string path) => Assert.Equal(("0", "0", "0"), State(path));
    }

    [Fact]
    public void ReadPulseWidth_ChannelThatRuns_IsItsPulseAndChangesNothing()
    {
        var channel = Path.Combine(AddChip(0, "fe20c000.pwm", 2), "pwm0");
        Set(channel, "20000000", "1720000", "1");

        Assert.Equal(1720, Servo(18).ReadPulseWidth());
        Assert.Equal(("20000000", "1720000", "1"), State(channel));

        Set(channel, "20000000", "1720000", "0");
        Assert.Null(Servo(18).ReadPulseWidth());
        Set(channel, "20000000", "9000000", "1");
        Assert.Null(Servo(18).ReadPulseWidth());
    }

    [Fact]
    public void ReadPulseWidth_ChannelThatNobodyUsed_ExportsItOnly()
    {
        var chip = AddChip(0, "1f00098000.pwm", 4);
        Directory.Delete(Path.Combine(chip, "pwm2"), recursive: true);

        Assert.Null(Servo(18).ReadPulseWidth());

        Assert.Equal("2", File.ReadAllText(Path.Combine(chip, "export")));
    }

    [Fact]
    public void Stop_AfterPulses_SwitchesTheChannelOff_AndTheNextPulseOnAgain()
    {
        var channel = Path.Combine(AddChip(0, "fe20c000.pwm", 2), "pwm0");
        var servo = Servo(18);
        servo.WritePulseWidth(1500);

        servo.Stop();

        Assert.Equal(("20000000", "0", "0"), State(channel));
        servo.WritePulseWidth(1600);
        Assert.Equal(("20000000", "1600000", "1"), State(channel));
    }

    [Theory]
    [InlineData(18, 19, "dtoverlay=pwm-2chan")]
    [InlineData(19, 18, "dtoverlay=pwm-2chan")]
    [InlineData(13, 12, "dtoverlay=pwm-2chan,pin=12,func=4,pin2=13,func2=4")]
    [InlineData(12, 19, "dtoverlay=pwm-2chan,pin=12,func=4,pin2=19,func2=2")]
    public void EveryCall_WithoutTheOverlay_SaysWhichLineToAdd(int pin, int other, string setting)
    {
        // A Pi 5 whose fan has one, but not its pins.
        AddChip(0, "107d517a80.pwm", 2);
        var servo = new PwmServo(new PwmPins(null, folder.Path), pin, other);

        var reason = Assert.Throws<LineException>(() => servo.ReadPulseWidth()).Reason;

        Assert.Equal(("line.noPwm", setting), (reason.Code, Assert.Single(reason.Arguments)));
        Assert.Equal(reason, Assert.Throws<LineException>(() => servo.WritePulseWidth(1500)).Reason);
        Assert.Equal(reason, Assert.Throws<LineException>(servo.Stop).Reason);
        Assert.Equal(reason, Assert.Throws<LineException>(() => new PwmServo(new PwmPins(3, folder.Path), pin, other).ReadPulseWidth()).Reason);
    }

    [Fact]
    public void WritePulseWidth_WithoutPermission_SaysWhichGroup_AndRecovers()
    {
        var chip = AddChip(0, "fe20c000.pwm", 2);
        var servo = Servo(18);
        servo.WritePulseWidth(1500);

        // Root may write any file, but not even root a folder.
        var file = Path.Combine(chip, "pwm0", "duty_cycle");
        File.Delete(file);
        Directory.CreateDirectory(file);
        var refused = Assert.Throws<LineException>(() => servo.WritePulseWidth(1600));
        Assert.Equal(("line.notAllowed", chip), (refused.Reason.Code, Assert.Single(refused.Reason.Arguments)));
        Assert.Contains("group gpio", refused.Message, StringComparison.Ordinal);

        Directory.Delete(file);
        Set(Path.Combine(chip, "pwm0"), "0", "0", "0");
        servo.WritePulseWidth(1600);
        Assert.Equal(("20000000", "1600000", "1"), State(Path.Combine(chip, "pwm0")));
    }

    [Fact]
    public void ChannelOf_SomeOtherChip_IsRefused()
    {
        AddChip(1, "fd8b0000.pwm", 1);
        var servo = new PwmServo(new PwmPins(1, folder.Path), 18, 19);

        Assert.Contains("1 channels", Assert.Throws<LineException>(() => servo.ReadPulseWidth()).Message, StringComparison.Ordinal);
    }

    /// <summary>The tests of <see cref="PwmInRig"/>, on a real kernel's PWM.</summary>
    [Fact]
    public Task Gimbal_OnARealKernel_SetsPeriodThenPulseThenSwitchesOn() =>
        RigMachine.RunTestsAsync(typeof(PwmInRig), TimeSpan.FromSeconds(240));

    private static (string Period, string Pulse, string Enabled) State(string channel) =>
        (File.ReadAllText(Path.Combine(channel, "period")), File.ReadAllText(Path.Combine(channel, "duty_cycle")), File.ReadAllText(Path.Combine(channel, "enable")));

    private static void Set(string channel, string period, string pulse, string enabled)
    {
        File.WriteAllText(Path.Combine(channel, "period"), period);
        File.WriteAllText(Path.Combine(channel, "duty_cycle"), pulse);
        File.WriteAllText(Path.Combine(channel, "enable"), enabled);
    }

    private PwmServo Servo(int pin) => new(new PwmPins(null, folder.Path), pin, pin == 18 ? 19 : 18);

    private string AddChip(int number, string device, int channels)
    {
        var chip = folder[$"pwmchip{number}"];
        Directory.CreateDirectory(chip);
        Directory.CreateSymbolicLink(Path.Combine(chip, "device"), $"../../../{device}");
        File.WriteAllText(Path.Combine(chip, "npwm"), $"{channels}\n");
        File.WriteAllText(Path.Combine(chip, "export"), "");
        for (var channel = 0; channel < channels; channel++)
        {
            Directory.CreateDirectory(Path.Combine(chip, $"pwm{channel}"));
            Set(Path.Combine(chip, $"pwm{channel}"), "0", "0", "0");
        }

        return chip;
    }
}

using System.Globalization;
using System.Text;
using PiCam.Core.Gimbals;
using PiCam.Core.Lines;

namespace PiCam.Hardware.Gimbals;

/// <summary>
/// A servo on a pin of the board's hardware PWM, through the kernel's files (Linux, Documentation/driver-api/pwm.rst). The chip
/// keeps its last pulse when PiCam ends unexpectedly.
/// </summary>
/// <param name="pins">Finds the chip, at each use until it is there.</param>
/// <param name="pin">GPIO number.</param>
/// <param name="otherPin">The other servo's, for the advice what to add to config.txt.</param>
/// <remarks>
/// Not System.Device.Pwm's channel: that one sets a duty cycle when it is opened and lets the channel go when it is disposed,
/// but a servo is to be told nothing until somebody aims, and is found again where it was left.
/// </remarks>
internal sealed class PwmServo(PwmPins pins, int pin, int otherPin) : IServo
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private string? prepared;

    public double? ReadPulseWidth() => Use(() =>
    {
        var channel = Open(out var fresh);
        return !fresh && Read(channel, "enable") != 0 && Read(channel, "duty_cycle") / 1000.0 is var pulse
            && pulse >= PulseRange.Widest.Minimum && pulse <= PulseRange.Widest.Maximum ? pulse : (double?)null;
    });

    public void WritePulseWidth(double microseconds)
    {
        PulseRange.Widest.Demand(microseconds);
        Use(() =>
        {
            var pulse = (long)Math.Round(microseconds * 1000);
            if (prepared is { } ready)
            {
                return Write(ready, "duty_cycle", pulse);
            }

            var channel = Open(out _);
            if (Read(channel, "duty_cycle") > Period.TotalNanoseconds)
            {
                // Left by somebody else: the kernel refuses a period that is shorter than the pulse.
                Write(channel, "duty_cycle", 0);
            }

            Write(channel, "period", (long)Period.TotalNanoseconds);
            Write(channel, "duty_cycle", pulse);
            Write(channel, "enable", 1);
            prepared = channel;
            return pulse;
        });
    }

    public void Stop() => Use(() =>
    {
        var channel = Open(out _);
        prepared = null;
        if (Read(channel, "enable") == 0)
        {
            return 0;
        }

        // Switched off at once, the chip could cut a pulse short, and the servo would twitch: first the last one ends.
        Write(channel, "duty_cycle", 0);
        using var never = new ManualResetEventSlim();
        never.Wait(Period);
        return Write(channel, "enable", 0);
    });

    private static long Read(string channel, string file) =>
        long.Parse(File.ReadAllText(Path.Combine(channel, file)), CultureInfo.InvariantCulture);

    private static long Write(string folder, string file, long value)
    {
        // Opened, never made: in the kernel's folders there is nothing to make.
        using var handle = File.OpenHandle(Path.Combine(folder, file), FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), 0);
        return value;
    }

    /// <param name="fresh">Nobody has used the channel since the board's start, and its files are others' until udev has seen to it.</param>
    private string Open(out bool fresh)
    {
        var chip = pins.FindChip() ?? throw new LineException(LineFault.NoPwm(PwmPins.Setting(pin, otherPin)));
        var number = PwmPins.ChannelOf(pin, chip);
        var channel = Path.Combine(chip, string.Create(CultureInfo.InvariantCulture, $"pwm{number}"));
        fresh = !Directory.Exists(channel);
        if (fresh)
        {
            Write(chip, "export", number);
        }

        return channel;
    }

    private T Use<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (UnauthorizedAccessException exception)
        {
            prepared = null;
            throw new LineException(LineFault.NotAllowed(pins.FindChip() ?? "/sys/class/pwm"), exception);
        }
        catch (Exception exception) when (exception is IOException and not LineException or FormatException)
        {
            prepared = null;
            throw new LineException(LineFault.Failed(pin, exception.Message), exception);
        }
    }
}

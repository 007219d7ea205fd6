using System.Device.I2c;
using System.Diagnostics;

namespace PiCam.Hardware.Gimbals;

/// <summary>
/// NXP's 16-channel PWM controller on an I²C bus, at 50 Hz (PCA9685 data sheet, rev. 4: §7.3 registers, §7.3.5 PRE_SCALE). What its
/// channels did before PiCam came goes on until they are told otherwise.
/// </summary>
internal sealed class Pca9685 : IDisposable
{
    /// <summary>Of the oscillator inside, in Hz; chips differ by some percent.</summary>
    public const double NominalOscillator = 25_000_000;

    private const double Frequency = 50;
    private const int Resolution = 4096;
    private const byte Mode1 = 0x00;
    private const byte Led0On = 0x06;
    private const byte PreScale = 0xFE;
    private const byte Restart = 0x80;
    private const byte AutoIncrement = 0x20;
    private const byte Sleep = 0x10;
    private const byte FullOff = 0x10;
    private const byte AllOn = 0xFA;

    // After MODE1 come MODE2, SUBADR1 to 3 and ALLCALLADR, here as after power-on (§7.3.2, §7.3.6): nobody changes those. Power monitors (INA226 and
    // its like), which live at the same address, have something else there.
    private const byte SubAddress1 = 0x08;
    private const byte Mode2Reserved = 0xE0;
    private static readonly byte[] CallAddresses = [0xE2, 0xE4, 0xE8, 0xE0];

    // The oscillator needs it after waking (§7.3.1, note to SLEEP).
    private static readonly TimeSpan WakeTime = TimeSpan.FromMicroseconds(500);

    private readonly Func<I2cDevice> open;
    private readonly byte prescale;
    private readonly Lock gate = new();
    private I2cDevice? device;
    private bool ready;

    /// <param name="open">Opens the chip's place on the bus; called again after an error.</param>
    /// <param name="oscillator">Hz, as measured; 25 MHz nominally.</param>
    public Pca9685(Func<I2cDevice> open, double oscillator = NominalOscillator)
    {
        this.open = open;
        prescale = (byte)Math.Clamp(Math.Round(oscillator / (Resolution * Frequency)) - 1, 3, 255);
        MicrosecondsPerCount = (prescale + 1) / oscillator * 1e6;
    }

    /// <summary>One step of a pulse's width.</summary>
    public double MicrosecondsPerCount { get; }

    /// <summary>Whether a chip answers there and looks like this one.</summary>
    public static bool IsThere(Func<I2cDevice> open)
    {
        try
        {
            using var device = open();

            // One by one: it need not count up by itself yet.
            byte[] first = [.. Enumerable.Range(Mode1, 2 + CallAddresses.Length).Select(register => Read(device, (byte)register, 1)[0])];
            return (first[0] & SubAddress1) == 0 && (first[1] & Mode2Reserved) == 0 && first.AsSpan(2).SequenceEqual(CallAddresses)
                && Read(device, PreScale, 1)[0] >= 3;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Gives a channel pulses of this width, in one transfer, so that the servo never sees half of a change.</summary>
    /// <exception cref="IOException">The chip does not answer.</exception>
    public void WritePulseWidth(int channel, double microseconds)
    {
        var off = (int)Math.Clamp(Math.Round(microseconds / MicrosecondsPerCount), 0, Resolution - 1);
        Use(chip => chip.Write([Register(channel), 0, 0, (byte)off, (byte)(off >> 8)]));
    }

    /// <summary>The width of a channel's pulses, in microseconds; null when it sends none.</summary>
    /// <exception cref="IOException">The chip does not answer.</exception>
    public double? ReadPulseWidth(int channel)
    {
        byte[] counts = [];
        Use(chip => counts = Read(chip, Register(channel), 4));
        var (on, off) = (counts[0] | ((counts[1] & 0x0F) << 8), counts[2] | ((counts[3] & 0x0F) << 8));
        return (counts[3] & FullOff) != 0 || off <= on ? null : (off - on) * MicrosecondsPerCount;
    }

    /// <summary>Ends a channel's pulses.</summary>
    /// <exception cref="IOException">The chip does not answer.</exception>
    public void Stop(int channel) => Use(chip => chip.Write([Register(channel), 0, 0, 0, FullOff]));

    public void Dispose()
    {
        lock (gate)
        {
            device?.Dispose();
            device = null;
        }
    }

    private static byte Register(int channel) => (byte)(Led0On + (4 * channel));

    private static byte[] Read(I2cDevice chip, byte register, int count)
    {
        var bytes = new byte[count];
        chip.WriteRead([register], bytes);
        return bytes;
    }

    private void Use(Action<I2cDevice> transfer)
    {
        lock (gate)
        {
            try
            {
                device ??= open();
                if (!ready)
                {
                    WakeUp(device);
                    ready = true;
                }

                transfer(device);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It may have lost its power, and its settings with it.
                ready = false;
                device?.Dispose();
                device = null;
                throw new IOException($"the PCA9685 does not answer: {exception.Message}", exception);
            }
        }
    }

    private void WakeUp(I2cDevice chip)
    {
        // Awake at the right rate: it still sends what it was told before, and is left at it.
        var mode = Read(chip, Mode1, 1)[0];
        if ((mode & Sleep) != 0 || Read(chip, PreScale, 1)[0] != prescale)
        {
            // At another rate the same counts are other pulses, which nobody asked for: there shall be none.
            var otherRate = Read(chip, PreScale, 1)[0] != prescale;
            if (otherRate && ((mode & Sleep) == 0 || (mode & Restart) != 0))
            {
                chip.Write([AllOn, 0, 0, 0, FullOff]);
            }

            // The rate can be set in its sleep only.
            chip.Write([Mode1, AutoIncrement | Sleep]);
            chip.Write([PreScale, prescale]);
            chip.Write([Mode1, AutoIncrement]);
            var woken = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(woken) < WakeTime)
            {
                Thread.SpinWait(50);
            }

            if (!otherRate && (Read(chip, Mode1, 1)[0] & Restart) != 0)
            {
                chip.Write([Mode1, AutoIncrement | Restart]);
            }
        }
        else if (mode != AutoIncrement)
        {
            chip.Write([Mode1, AutoIncrement]);
        }
    }
}

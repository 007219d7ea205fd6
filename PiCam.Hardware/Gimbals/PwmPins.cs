using System.Globalization;
using PiCam.Core.Lines;

namespace PiCam.Hardware.Gimbals;

/// <summary>Which channel of which PWM chip leads to a pin, by what the kernel shows.</summary>
/// <param name="number">The chip's; null: it is found by its device, as the numbers differ from kernel to kernel.</param>
/// <param name="folder">Where the kernel shows the chips.</param>
internal sealed class PwmPins(int? number, string folder = "/sys/class/pwm")
{
    /// <summary>The pins that a PWM chip can drive.</summary>
    public static readonly int[] All = [12, 13, 18, 19];

    // The registers' addresses: BCM2835 to BCM2837 and BCM2711 (fe20c000, 3f20c000), RP1. Beside them a Pi 4 has a chip for its
    // sound, and a Pi 5 one for its fan.
    private static readonly string[] Devices = ["20c000.pwm", "1f00098000.pwm"];

    /// <summary>The line of config.txt that leads PWM to these pins; the defaults of the overlay are GPIO 18 and 19.</summary>
    public static string Setting(int pin, int other)
    {
        var (first, second) = pin is 12 or 18 ? (pin, other) : (other, pin);
        return (first, second) == (18, 19)
            ? "dtoverlay=pwm-2chan"
            : string.Create(CultureInfo.InvariantCulture, $"dtoverlay=pwm-2chan,pin={first},func={Function(first)},pin2={second},func2={Function(second)}");
    }

    /// <summary>Where the kernel shows the chip.</summary>
    /// <returns>Null: there is none, so the overlay is missing.</returns>
    public string? FindChip()
    {
        if (number is { } given)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"pwmchip{given}"));
            return Directory.Exists(path) ? path : null;
        }

        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder, "pwmchip*").FirstOrDefault(chip =>
                Directory.ResolveLinkTarget(Path.Combine(chip, "device"), returnFinalTarget: false) is { } device
                && Devices.Any(name => device.Name.EndsWith(name, StringComparison.Ordinal)))
            : null;
    }

    /// <summary>The channel of a chip that leads to a pin. An RP1 has four of them, the chips before it two.</summary>
    /// <exception cref="LineException">The chip cannot drive this pin.</exception>
    public static int ChannelOf(int pin, string chip)
    {
        var count = int.Parse(File.ReadAllText(Path.Combine(chip, "npwm")), CultureInfo.InvariantCulture);
        return (count, pin) switch
        {
            (4, _) => Array.IndexOf(All, pin),
            (2, 12 or 18) => 0,
            (2, _) => 1,
            _ => throw new LineException(LineFault.Failed(pin, string.Create(
                CultureInfo.InvariantCulture, $"{chip} is no PWM of a Raspberry Pi's pins; it has {count} channels."))),
        };
    }

    // Alternative functions of the pins as BCM2835 numbers them; the RP1's pin control translates them.
    private static int Function(int pin) => pin is 12 or 13 ? 4 : 2;
}

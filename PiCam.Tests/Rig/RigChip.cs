using System.Globalization;
using PiCam.Core.Gimbals;

namespace PiCam.Tests.Rig;

/// <summary>The model of a PCA9685 in the rig's kernel, as it looks from outside the I²C bus.</summary>
internal static class RigChip
{
    // (prescale 121 + 1) / 25 MHz
    private const double MicrosecondsPerCount = 4.88;

    /// <summary>How many transfers it has served.</summary>
    public static long Transfers => long.Parse(File.ReadAllText(Path.Combine(Model, "xfers")), CultureInfo.InvariantCulture);

    private static string Model { get; } = Directory.GetDirectories("/sys/devices/platform", "i2c-fake*")[0];

    /// <summary>What an angle means on an axis as it is until somebody changes its settings.</summary>
    public static double PulseWidthOf(double degrees) => 1500 + (degrees * AxisSettings.NominalPulsePerDegree);

    /// <summary>The pulses that a channel sends, in microseconds.</summary>
    public static double PulseWidth(int channel) =>
        (Register(0x08 + (4 * channel)) | ((Register(0x09 + (4 * channel)) & 0x0F) << 8)) * MicrosecondsPerCount;

    /// <summary>Whether a channel sends none.</summary>
    public static bool IsOff(int channel) => (Register(0x09 + (4 * channel)) & 0x10) != 0;

    public static int Register(int number) => int.Parse(
        File.ReadAllText(Path.Combine(Model, "regs")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[number],
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    /// <summary>The next so many transfers fail.</summary>
    public static void FailNext(int transfers) => Write("fail_next", transfers);

    /// <summary>Takes the chip from the bus, or puts it back.</summary>
    public static void SetPresent(bool present) => Write("present", present ? 1 : 0);

    private static void Write(string file, int value) =>
        File.WriteAllText(Path.Combine(Model, file), value.ToString(CultureInfo.InvariantCulture));
}

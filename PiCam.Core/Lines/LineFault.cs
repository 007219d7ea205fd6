using System.Globalization;

namespace PiCam.Core.Lines;

/// <summary>Why a pin does not do what it was told, in words for the person at the page.</summary>
public static class LineFault
{
    /// <summary>Neither generation of the library that switches pins is there.</summary>
    public static Reason NoLibrary { get; } = new(
        "libgpiod is not installed. Run: sudo apt install libgpiod3 (libgpiod2 on an older system). Then restart PiCam.", "line.noLibrary");

    /// <summary>This machine has no such pins.</summary>
    public static Reason NoPins { get; } = new("This computer has no GPIO pins.", "line.noPins");

    /// <param name="setting">The line that is missing in config.txt.</param>
    public static Reason NoPwm(string setting) => new(
        $"The hardware PWM is not switched on. Add the line {setting} to /boot/firmware/config.txt and restart the Pi.", "line.noPwm", setting);

    /// <param name="path">The device or file.</param>
    public static Reason NotAllowed(string path) => new(
        $"PiCam may not use {path}. Add its user to the group gpio (sudo usermod -aG gpio <user>) and restart the Pi.", "line.notAllowed", path);

    /// <param name="pin">GPIO number.</param>
    /// <param name="error">What the driver said, in English.</param>
    public static Reason Failed(int pin, string error) => new(
        string.Create(CultureInfo.InvariantCulture, $"GPIO {pin} failed: {error}"), "line.failed", pin.ToString(CultureInfo.InvariantCulture), error);
}

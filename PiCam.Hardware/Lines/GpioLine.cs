using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using PiCam.Core.Lines;

namespace PiCam.Hardware.Lines;

/// <summary>A pin of the board's own GPIO chip, through whichever libgpiod is installed.</summary>
/// <param name="pin">GPIO number.</param>
/// <param name="activeLow">On is 0 V.</param>
internal sealed class GpioLine(int pin, bool activeLow = false) : ILine
{
    // A Raspberry Pi's own chip: pinctrl-bcm2835, pinctrl-bcm2711, pinctrl-rp1; its number differs from kernel to kernel.
    private const string Label = "pinctrl-";

    private readonly Lock gate = new();
    private GpioController? controller;
    private GpioPin? line;

    public void Switch(bool on)
    {
        lock (gate)
        {
            try
            {
                var level = on != activeLow ? PinValue.High : PinValue.Low;
                if (line is null)
                {
                    controller = new GpioController(OpenChip());
                    line = controller.OpenPin(pin, PinMode.Output, level);
                }

                line.Write(level);
            }
            catch (LineException)
            {
                Close();
                throw;
            }
#pragma warning disable CA1031 // The drivers throw several kinds, some of them private; to whoever switches they are all the same.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Close();

                // The second library's reports are many lines long.
                throw new LineException(LineFault.Failed(pin, exception.Message.Split('\n')[0]), exception);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            try
            {
                line?.Write(activeLow ? PinValue.High : PinValue.Low);
            }
            finally
            {
                Close();
            }
        }
    }

    private static GpioDriver OpenChip()
    {
        var paths = Directory.GetFiles("/dev", "gpiochip*");
        foreach (var path in paths)
        {
            try
            {
                // The libraries do not say that it was a matter of permission.
                using var device = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new LineException(LineFault.NotAllowed(path), exception);
            }
        }

        if (paths.Length == 0)
        {
            throw new LineException(LineFault.NoPins);
        }

        // Not what GpioController would choose by itself: without a library that is the old files, whose numbers mean other pins.
        return TryOpen(() => Pick(LibGpiodDriver.GetAvailableChips()) is { } chip ? new LibGpiodDriver(chip) : null)
#pragma warning disable SDGPIO0001 // Its shape may change; this is the only place that knows it.
            ?? TryOpen(() => Pick(LibGpiodV2Driver.GetAvailableChips()) is { } chip ? new LibGpiodV2Driver(chip) : null)
#pragma warning restore SDGPIO0001
            ?? throw new LineException(LineFault.NoLibrary);
    }

    private static GpioChipInfo? Pick(IEnumerable<GpioChipInfo> chips) =>
        chips.FirstOrDefault(chip => chip.Label.StartsWith(Label, StringComparison.Ordinal));

    /// <returns>Null: its library is not installed.</returns>
    private static GpioDriver? TryOpen(Func<GpioDriver?> open)
    {
        try
        {
            return open() ?? throw new LineException(LineFault.NoPins);
        }
        catch (Exception exception) when (Causes(exception).Any(cause => cause is DllNotFoundException))
        {
            return null;
        }
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private void Close()
    {
        line?.Dispose();
        line = null;
        controller?.Dispose();
        controller = null;
    }
}

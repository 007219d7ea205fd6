using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Gimbals;

namespace PiCam.Hardware.Cameras;

/// <summary>Checks what says which servos there are; the limits are the business of <see cref="GimbalOptionsValidator"/>.</summary>
internal sealed class GimbalDriverValidator : IValidateOptions<GimbalOptions>
{
    private const string Drivers = "auto, pca9685, pwm, simulated, none, software";

    public ValidateOptionsResult Validate(string? name, GimbalOptions options)
    {
        var errors = new List<string>();
        if (options.Driver is not ("auto" or "pca9685" or "pwm" or "simulated" or "none" or "software"))
        {
            errors.Add($"Gimbal:Driver is '{options.Driver}'; allowed are {Drivers}.");
        }

        Check("Gimbal:Bus", options.Bus, 0, 255);
        Check("Gimbal:Address", options.Address, 3, 119);
        Check("Gimbal:PanChannel", options.PanChannel, 0, 15);
        Check("Gimbal:TiltChannel", options.TiltChannel, 0, 15);
        Check("Gimbal:OscillatorFrequency", options.OscillatorFrequency, 20_000_000, 30_000_000);
        if (options.PanChannel == options.TiltChannel)
        {
            errors.Add($"Gimbal:TiltChannel is '{options.TiltChannel}', as is Gimbal:PanChannel; allowed is another channel.");
        }

        CheckPins(errors, options);
        Check("Gimbal:PwmChip", options.PwmChip ?? 0, 0, 255);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(string key, int value, int minimum, int maximum)
        {
            if (value < minimum || value > maximum)
            {
                errors.Add($"{key} is '{value}'; allowed are {minimum} to {maximum}.");
            }
        }
    }

    private static void CheckPins(List<string> errors, GimbalOptions options)
    {
        // The header's pins; software pulses can be on any of them.
        int[] allowed = options.Driver == "software" ? [.. Enumerable.Range(0, 28)] : PwmPins.All;
        var range = options.Driver == "software" ? "0 to 27" : string.Join(", ", allowed);
        Check("PanPin", options.PanPin);
        Check("TiltPin", options.TiltPin);
        if (options.PanPin == options.TiltPin)
        {
            errors.Add($"Gimbal:TiltPin is '{options.TiltPin}', as is Gimbal:PanPin; allowed is another pin.");
        }
        else if (options.Driver != "software" && options.PanPin % 2 == options.TiltPin % 2)
        {
            // 12 and 18 are one channel on all boards before the Pi 5, and so are 13 and 19.
            errors.Add($"Gimbal:TiltPin is '{options.TiltPin}' beside Gimbal:PanPin '{options.PanPin}'; allowed are one of 12, 18 and one of 13, 19.");
        }

        void Check(string key, int pin)
        {
            if (!allowed.Contains(pin))
            {
                errors.Add($"Gimbal:{key} is '{pin}'; allowed are {range}.");
            }
        }
    }
}

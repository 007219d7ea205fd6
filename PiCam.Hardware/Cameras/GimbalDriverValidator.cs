using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Cameras;

/// <summary>Checks what says which servos there are; the limits are the business of <see cref="GimbalOptionsValidator"/>.</summary>
internal sealed class GimbalDriverValidator : IValidateOptions<GimbalOptions>
{
    public ValidateOptionsResult Validate(string? name, GimbalOptions options)
    {
        var errors = new List<string>();
        if (options.Driver is not ("auto" or "pca9685" or "simulated" or "none"))
        {
            errors.Add($"Gimbal:Driver is '{options.Driver}'; allowed are auto, pca9685, simulated, none.");
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

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(string key, int value, int minimum, int maximum)
        {
            if (value < minimum || value > maximum)
            {
                errors.Add($"{key} is '{value}'; allowed are {minimum} to {maximum}.");
            }
        }
    }
}

using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Cameras;

/// <summary>Checks that the gimbal's driver is one that there is; the limits are the business of <see cref="GimbalOptionsValidator"/>.</summary>
internal sealed class GimbalDriverValidator : IValidateOptions<GimbalOptions>
{
    public ValidateOptionsResult Validate(string? name, GimbalOptions options) =>
        options.Driver is "auto" or "simulated" or "none"
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Gimbal:Driver is '{options.Driver}'; allowed are auto, simulated, none.");
}

using Microsoft.Extensions.Options;

namespace PiCam.Hardware.Network;

/// <summary>Names every entry of <c>Network:AllowedTargets</c> that cannot be understood.</summary>
internal sealed class TargetOptionsValidator : IValidateOptions<TargetOptions>
{
    public ValidateOptionsResult Validate(string? name, TargetOptions options)
    {
        var errors = options.AllowedTargets
            .Select((text, index) => (text, index))
            .Where(entry => AllowedTarget.Parse(entry.text) is null)
            .Select(entry =>
                $"{TargetOptions.Section}:{nameof(TargetOptions.AllowedTargets)}:{entry.index} is '{entry.text}'; allowed are a host name, "
                + "an IP address or a range such as 192.0.2.0/24, with a port (:1 to :65535) or without; IPv6 with a port in brackets.")
            .ToList();
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}

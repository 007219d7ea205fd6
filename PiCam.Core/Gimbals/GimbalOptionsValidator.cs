using Microsoft.Extensions.Options;

namespace PiCam.Core.Gimbals;

/// <summary>Refuses a gimbal configuration that cannot work, with every reason at once, each naming its key.</summary>
public sealed class GimbalOptionsValidator : IValidateOptions<GimbalOptions>
{
    public ValidateOptionsResult Validate(string? name, GimbalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] reasons = [.. Check("Gimbal:Pan", options.Pan), .. Check("Gimbal:Tilt", options.Tilt)];
        return reasons.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(reasons);
    }

    private static IEnumerable<string> Check(string key, AxisSettings axis) => AxisRules.Check(axis)
        .Select(error => (error with { Field = $"{key}:{char.ToUpperInvariant(error.Field[0])}{error.Field[1..]}" }).ToString());
}

using Microsoft.Extensions.Options;

namespace PiCam.Core.Media;

/// <summary>Refuses what cannot be kept free.</summary>
public sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    // A terabyte; more is a slip of the finger.
    private const int Most = 1_000_000;

    public ValidateOptionsResult Validate(string? name, MediaOptions options) => options.Reserve is >= 0 and <= Most
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{MediaOptions.Section}:{nameof(options.Reserve)} is '{options.Reserve}'; allowed are 0 to {Most} MB.");
}

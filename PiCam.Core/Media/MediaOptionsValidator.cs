using Microsoft.Extensions.Options;

namespace PiCam.Core.Media;

/// <summary>Refuses what cannot be kept free.</summary>
public sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options) => options.Reserve is >= 0 and <= MediaRules.MostReserve
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{MediaOptions.Section}:{nameof(options.Reserve)} is '{options.Reserve}'; allowed are 0 to {MediaRules.MostReserve} MB.");
}

using Microsoft.Extensions.Options;

namespace PiCam.Core.Media;

/// <summary>Refuses what cannot be kept free, and what is no folder's full name.</summary>
public sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        var errors = options.ExportFolders.Index()
            .Where(entry => !Path.IsPathFullyQualified(entry.Item))
            .Select(entry => $"{MediaOptions.Section}:{nameof(options.ExportFolders)}:{entry.Index} is '{entry.Item}'; allowed is a folder's full name, such as /srv/pictures.")
            .ToList();
        if (options.Reserve is < 0 or > MediaRules.MostReserve)
        {
            errors.Add($"{MediaOptions.Section}:{nameof(options.Reserve)} is '{options.Reserve}'; allowed are 0 to {MediaRules.MostReserve} MB.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

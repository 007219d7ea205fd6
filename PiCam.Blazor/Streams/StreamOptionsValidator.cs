using System.Net;
using Microsoft.Extensions.Options;

namespace PiCam.Blazor.Streams;

/// <summary>Refuses what nobody can listen on.</summary>
public sealed class StreamOptionsValidator : IValidateOptions<StreamOptions>
{
    public ValidateOptionsResult Validate(string? name, StreamOptions options) =>
        string.IsNullOrEmpty(options.Listen) || IPEndPoint.TryParse(options.Listen, out var place) && place.Port != 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{StreamOptions.Section}:{nameof(options.Listen)} is '{options.Listen}'; allowed is an IP address with a port, such as 192.168.1.20:8000, or nothing.");
}

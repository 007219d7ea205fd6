using Microsoft.Extensions.Options;

namespace PiCam.Blazor.Security;

/// <summary>Names every entry of <c>Network:AllowedHosts</c> that is not a host name.</summary>
internal sealed class NetworkOptionsValidator : IValidateOptions<NetworkOptions>
{
    public ValidateOptionsResult Validate(string? name, NetworkOptions options)
    {
        var errors = options.AllowedHosts
            .Select((host, index) => (host, index))
            .Where(entry => Uri.CheckHostName(entry.host) == UriHostNameType.Unknown)
            .Select(entry =>
                $"{NetworkOptions.Section}:{nameof(NetworkOptions.AllowedHosts)}:{entry.index} ({entry.host}) must be a host name "
                + "without scheme and port, such as cam.example.org.")
            .ToList();
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}

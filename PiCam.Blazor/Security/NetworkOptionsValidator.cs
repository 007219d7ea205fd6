using Microsoft.Extensions.Options;

namespace PiCam.Blazor.Security;

/// <summary>Names every entry of <c>Network:AllowedHosts</c> that is not a host name, and of <c>Network:KnownProxies</c> that is no address.</summary>
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
            .Concat(options.KnownProxies
                .Select((proxy, index) => (proxy, index))
                .Where(entry => KnownProxies.Parse(entry.proxy) is null)
                .Select(entry =>
                    $"{NetworkOptions.Section}:{nameof(NetworkOptions.KnownProxies)}:{entry.index} ({entry.proxy}) must be an IP address "
                    + "or a network such as 172.18.0.0/16."))
            .ToList();
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}

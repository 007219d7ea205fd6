using System.Net;

namespace PiCam.Blazor.Security;

/// <summary>
/// The names under which this panel may be addressed. A page of another site can make its own name point at the panel
/// (DNS rebinding), and the browser then takes both for one site; it cannot do so with an IP address or a name of ours.
/// </summary>
/// <param name="machineName">The machine's host name.</param>
/// <param name="configured">Further names, from <c>Network:AllowedHosts</c>.</param>
public sealed class HostNames(string machineName, IEnumerable<string> configured)
{
    // mDNS, the names that home routers give to their networks, and the ones that RFC 8375 and ICANN set aside.
    private static readonly string[] LocalDomains = ["local", "lan", "home", "home.arpa", "internal", "fritz.box"];

    private readonly HashSet<string> names = new(
        [
            "localhost",
            machineName,
            .. LocalDomains.Select(domain => $"{machineName.Split('.')[0]}.{domain}"),
            .. configured,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The machine's host name.</summary>
    public string MachineName => machineName;

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whether <paramref name="host"/> (of the Host header, without the port) is one of ours.</summary>
    public bool Allows(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return false;
        }

        // "picam.local." is the same name, fully qualified.
        return IsAddress(host) || names.Contains(host.EndsWith('.') ? host[..^1] : host);
    }

    private static bool IsAddress(string host) =>
        host.StartsWith('[')
            ? host.EndsWith(']') && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out _)
            : Uri.CheckHostName(host) == UriHostNameType.IPv4;
}

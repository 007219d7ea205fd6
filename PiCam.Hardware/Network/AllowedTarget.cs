using System.Globalization;
using System.Net;

namespace PiCam.Hardware.Network;

/// <summary>One entry of <see cref="TargetOptions.AllowedTargets"/>.</summary>
internal sealed record AllowedTarget
{
    private string? Host { get; init; }

    private IPNetwork? Network { get; init; }

    private int? Port { get; init; }

    /// <summary>Reads an entry; null when it is none.</summary>
    public static AllowedTarget? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var (host, port) = (text, (int?)null);
        if (text[0] == '[')
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            host = text[1..end];
            var rest = text[(end + 1)..];
            if (rest.Length > 0 && (rest[0] != ':' || !TryPort(rest[1..], out port)))
            {
                return null;
            }
        }
        else if (text.Count(c => c == ':') == 1)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            host = text[..colon];
            if (!TryPort(text[(colon + 1)..], out port))
            {
                return null;
            }
        }

        if (HostText.AsAddress(host) is { } address)
        {
            return new() { Network = new IPNetwork(address, address.GetAddressBytes().Length * 8), Port = port };
        }

        if (IPNetwork.TryParse(host, out var network) && HostText.AsAddress(host[..host.IndexOf('/', StringComparison.Ordinal)]) is not null)
        {
            return new() { Network = network, Port = port };
        }

        return HostText.IsName(host) ? new() { Host = host.TrimEnd('.'), Port = port } : null;
    }

    /// <summary>Whether the entry allows it.</summary>
    /// <param name="host">The host as it was written.</param>
    /// <param name="address">One of the addresses that it came to.</param>
    /// <param name="port">The port.</param>
    public bool Allows(string host, IPAddress address, int port) =>
        (Port is null || Port == port)
        && (Network?.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            ?? string.Equals(Host, host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));

    private static bool TryPort(string text, out int? port)
    {
        port = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
        return port is not null;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PiCam.Hardware.Network;

/// <summary>Reads the host of an address strictly: what one program takes for a name another takes for 127.0.0.1.</summary>
internal static class HostText
{
    /// <summary>An IPv4 address in four plain decimal numbers, or an IPv6 address; null for all else.</summary>
    public static IPAddress? AsAddress(string host)
    {
        if (host.Contains(':', StringComparison.Ordinal))
        {
            // Neither a zone nor a port.
            return host.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
                && IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                    ? address
                    : null;
        }

        var parts = host.Split('.');
        return parts.Length == 4 && parts.All(IsPlainByte) ? IPAddress.Parse(host) : null;
    }

    /// <summary>
    /// Whether it is a host name that nobody can take for a number: the last label is not one, neither decimal nor octal nor
    /// hexadecimal (WHATWG URL, "ends in a number").
    /// </summary>
    public static bool IsName(string host)
    {
        var labels = host.TrimEnd('.').Split('.');
        return host.Length <= 253
            && labels.All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            && labels[0][0] != '-'
            && !labels[^1].All(char.IsAsciiDigit)
            && !(labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase) && labels[^1][2..].All(char.IsAsciiHexDigit));
    }

    private static bool IsPlainByte(string part) =>
        byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && part == value.ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using System.Net.Sockets;

namespace PiCam.Hardware.Network;

/// <summary>Which addresses PiCam does not connect to unless it is told to: none of them is a camera on the network, and behind some lie secrets.</summary>
internal static class AddressRules
{
    private static readonly (IPNetwork Network, string Kind)[] Refused =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "unspecified"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved or broadcast"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    // IPv6 addresses with an IPv4 address inside, and where: NAT64 (RFC 6052), 6to4 (RFC 3056), compatible (RFC 4291).
    private static readonly (IPNetwork Network, int Offset)[] Wrappers =
        [(IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2), (IPNetwork.Parse("::/96"), 12)];

    /// <summary>The kind of a refused address, such as "loopback"; null: it is allowed.</summary>
    public static string? Refuse(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var (network, kind) in Refused)
        {
            if (network.Contains(plain))
            {
                return kind;
            }
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            foreach (var (network, offset) in Wrappers)
            {
                if (network.Contains(plain))
                {
                    return Refuse(new IPAddress(plain.GetAddressBytes().AsSpan(offset, 4)));
                }
            }
        }

        return null;
    }
}

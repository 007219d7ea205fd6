using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PiCam.Blazor.StartUp;

/// <summary>Turns what the server listens on into what a person can type.</summary>
internal static class PanelAddresses
{
    /// <param name="bound">The server's addresses, such as <c>http://0.0.0.0:8080</c>.</param>
    /// <param name="machine">The machine's own addresses; localhost stands in when it has none.</param>
    public static IReadOnlyList<string> Reachable(IEnumerable<string> bound, IReadOnlyCollection<IPAddress> machine) =>
        [.. bound.SelectMany(address => Expand(address, machine)).Distinct(StringComparer.Ordinal)];

    /// <summary>The IPv4 addresses under which others on the network reach this machine.</summary>
    public static IReadOnlyCollection<IPAddress> OfThisMachine() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up
                && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)),
    ];

    private static IEnumerable<string> Expand(string address, IReadOnlyCollection<IPAddress> machine)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host is not ("0.0.0.0" or "[::]"))
        {
            return [address];
        }

        var hosts = machine.Count > 0 ? machine.Select(ip => ip.ToString()) : ["localhost"];
        return hosts.Select(host => new UriBuilder(uri) { Host = host }.Uri.GetLeftPart(UriPartial.Authority));
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Extensions;

namespace PiCam.Blazor.Certificates;

/// <summary>Where the panel itself speaks HTTPS.</summary>
public sealed class HttpsEndpoint(IServer server)
{
    private const int UsualPort = 443;

    /// <summary>Null: nowhere.</summary>
    public int? Port => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(BindingAddress.Parse)
        .FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps)?.Port;

    /// <summary>The address over HTTPS of what is asked for, under the same host name; null where the panel does not speak it.</summary>
    public string? AddressOf(HttpRequest request, PathString path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Port is { } port
            ? UriHelper.BuildAbsolute(Uri.UriSchemeHttps, HostOf(request.Host.Host, port), request.PathBase, path)
            : null;
    }

    /// <summary>The same for a page that is open.</summary>
    public string? AddressOf(Uri page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Port is { } port
            ? new UriBuilder(page) { Scheme = Uri.UriSchemeHttps, Port = port == UsualPort ? -1 : port }.Uri.AbsoluteUri
            : null;
    }

    /// <summary>Whether a page came from there, and not through a proxy or over HTTP.</summary>
    public bool Served(Uri page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Scheme == Uri.UriSchemeHttps && page.Port == Port;
    }

    private static HostString HostOf(string host, int port) => port == UsualPort ? new HostString(host) : new HostString(host, port);
}

using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace PiCam.Blazor.Security;

/// <summary>The reverse proxies that may say who really asks, by which scheme and for which host (<c>Network:KnownProxies</c>).</summary>
public sealed class KnownProxies(IOptions<NetworkOptions> options)
{
    private readonly IPNetwork[] networks = [.. options.Value.KnownProxies.Select(text => Parse(text)!.Value)];

    /// <summary>An address, or a network such as <c>172.18.0.0/16</c>; null: neither.</summary>
    public static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    /// <summary>Whether a request has come through one of them.</summary>
    public static bool HasPassed(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.ContainsKey(typeof(KnownProxies));
    }

    /// <summary>Whether that is the address of one of them.</summary>
    public bool Includes(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        // How IPv4 looks to a socket that listens for both.
        var plain = ClientAddress.Plain(address);
        return Array.Exists(networks, network => network.Contains(plain));
    }

    /// <summary>Believes what they say in X-Forwarded-For, -Proto and -Host; from anybody else these headers mean nothing.</summary>
    public void Use(IApplicationBuilder app)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // Proxies may stand in a row; the first address that is none of theirs is the client's.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseWhen(
            context => Includes(context.Connection.RemoteIpAddress),
            proxied =>
            {
                proxied.Use((context, next) =>
                {
                    context.Items[typeof(KnownProxies)] = true;
                    return next(context);
                });
                proxied.UseForwardedHeaders(forwarded);
            });
    }
}

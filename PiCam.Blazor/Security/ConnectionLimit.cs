using System.Net;
using Microsoft.AspNetCore.Connections;

namespace PiCam.Blazor.Security;

/// <summary>
/// How many connections one network may have: without it one that reads slowly, or not at all, takes all that the panel has. This machine
/// itself and known proxies are exempt: they speak for many.
/// </summary>
public sealed class ConnectionLimit(OpenLimit limit, KnownProxies proxies)
{
    /// <summary>A family with ten browsers behind one router, each with ten pages and streams, and some to spare.</summary>
    public const int Most = 250;

    /// <summary>What to do with a connection before anything is read from it.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address || IsExempt(address))
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        using var opened = limit.TryOpen("connection", ClientAddress.Network(address), Most);
        if (opened is null)
        {
            connection.Abort(new ConnectionAbortedException("Too many connections from one network."));
            return;
        }

        await next(connection).ConfigureAwait(false);
    };

    private bool IsExempt(IPAddress address) => IPAddress.IsLoopback(ClientAddress.Plain(address)) || proxies.Includes(address);
}

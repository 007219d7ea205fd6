using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.HttpResults;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Api.Sockets;

/// <summary>A WebSocket that lasts only while whoever opened it is welcome and the panel runs.</summary>
internal sealed class WatchedSocket(WebSocket socket, Welcome welcome, TimeProvider time) : IDisposable
{
    // A socket that has said nothing for so long is asked, and given up after the same time without an answer.
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(3);

    // How long the other side may take to answer a close.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(0.5);

    public WebSocket Socket => socket;

    /// <summary>Accepts a request for a socket; null when it is none.</summary>
    public static async Task<WatchedSocket?> AcceptAsync(HttpContext context, Welcomes welcomes, TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return null;
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { KeepAliveInterval = SilenceLimit, KeepAliveTimeout = SilenceLimit }).ConfigureAwait(false);
        return new(socket, welcomes.Of(context.User), time);
    }

    /// <summary>The answer to a request that is for no socket.</summary>
    public static ProblemHttpResult Refuse(HttpContext context)
    {
        context.Response.Headers.Upgrade = "websocket";
        return TypedResults.Problem("This is a WebSocket.", statusCode: StatusCodes.Status426UpgradeRequired);
    }

    /// <summary>Whether whoever opened it may still use it; asks the database.</summary>
    public Task<bool> IsWelcomeAsync(CancellationToken cancellationToken) => welcome.IsNowAsync(cancellationToken);

    /// <summary>Waits until they may not, also when they send nothing, or the panel stops.</summary>
    public async Task<SocketEnding> WatchAsync(SocketEnding dismissed, CancellationToken stopping)
    {
        try
        {
            await welcome.WhenOverAsync(stopping).ConfigureAwait(false);
            return dismissed;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return SocketEnding.Stopping;
        }
    }

    /// <summary>Says why it ends.</summary>
    public async Task CloseAsync(SocketEnding reason)
    {
        try
        {
            using var limit = new CancellationTokenSource(Farewell, time);
            await socket.CloseAsync(reason.Status, reason.Text, limit.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It has gone without a farewell.
        }
    }

    public void Dispose() => socket.Dispose();
}

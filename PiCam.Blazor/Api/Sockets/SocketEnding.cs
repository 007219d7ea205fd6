using System.Net.WebSockets;

namespace PiCam.Blazor.Api.Sockets;

/// <summary>Why a socket ends, as the other side is told.</summary>
internal sealed record SocketEnding(WebSocketCloseStatus Status, string Text)
{
    /// <summary>The other side went.</summary>
    public static SocketEnding Gone { get; } = new(WebSocketCloseStatus.NormalClosure, "");

    /// <summary>The panel ends.</summary>
    public static SocketEnding Stopping { get; } = new(WebSocketCloseStatus.EndpointUnavailable, "The panel is stopping.");
}

using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Packets;

namespace PiCam.Blazor.Api.Sockets;

/// <summary>
/// The live film for one page. Binary messages: 1, the length of the codec's name, that name, and the MP4's header; or 2, whether it
/// can be decoded by itself, a number (32 bits, big-endian), and a part of the MP4 with one picture. The page answers
/// each that it has drawn: the number, and the milliseconds that the picture is shown later than that (16 bits).
/// </summary>
internal sealed class FilmSocket(WatchedSocket watched, FilmSubscription film, PageStream page, TimeProvider time)
{
    private const int AnswerLength = 6;
    private const int PrefixLength = 6;
    private const byte Header = 1;
    private const byte Picture = 2;

    // Of tcp.h: bytes that wait in the kernel at most, beside those that are on their way (tcp(7), TCP_NOTSENT_LOWAT).
    private const int NotSentLowWater = 25;
    private const int MostUnsent = 16 * 1024;

    private static readonly SocketEnding Dismissed = new(WebSocketCloseStatus.PolicyViolation, "You may no longer watch.");
    private static readonly SocketEnding Strange = new(WebSocketCloseStatus.InvalidPayloadData, $"An answer has {AnswerLength} bytes.");
    private static readonly SocketEnding TooSlow = new(WebSocketCloseStatus.PolicyViolation, "Nothing was answered for too long.");

    private readonly WebSocket socket = watched.Socket;
    private volatile bool isOver;

    /// <summary>Keeps the kernel from taking seconds of the film when a link becomes slow: what it has taken cannot be skipped any more.</summary>
    /// <param name="connection">The page's own; null: there is none.</param>
    public static void LimitBuffer(Socket? connection)
    {
        if (connection?.ProtocolType == ProtocolType.Tcp)
        {
            try
            {
                connection.SetRawSocketOption((int)SocketOptionLevel.Tcp, NotSentLowWater, BitConverter.GetBytes(MostUnsent));
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The page has gone: what is sent to it says so. Or this is another system, whose kernel takes more.
            }
        }
    }

    /// <summary>Sends until the page goes, answers nothing any more, is no longer welcome, or breaks the rules.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        var sending = SendAsync(over.Token);
        var watching = watched.WatchAsync(Dismissed, ending.Token);
        var listening = ListenAsync(over.Token);
        try
        {
            var reason = await (await Task.WhenAny(listening, watching, sending).ConfigureAwait(false)).ConfigureAwait(false);
            isOver = true;
            await watched.CloseAsync(reason).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll((Task)sending, watching, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SocketEnding> SendAsync(CancellationToken over)
    {
        var prefix = new byte[PrefixLength];
        FilmHeader? told = null;
        try
        {
            while (true)
            {
                var part = await film.NextAsync(over).ConfigureAwait(false);
                if (isOver)
                {
                    return SocketEnding.Gone;
                }

                if (part.Header != told)
                {
                    told = part.Header;
                    byte[] message = [Header, (byte)told.Codec.Length, .. Encoding.ASCII.GetBytes(told.Codec), .. told.Data];
                    await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, over).ConfigureAwait(false);
                }

                (prefix[0], prefix[1]) = (Picture, part.Packet.IsKey ? (byte)1 : (byte)0);
                BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(2), part.Number);
                await socket.SendAsync(prefix.AsMemory(), WebSocketMessageType.Binary, endOfMessage: false, over).ConfigureAwait(false);
                await socket.SendAsync(part.Packet.Data.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, over).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            return TooSlow;
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            return SocketEnding.Gone;
        }
    }

    private async Task<SocketEnding> ListenAsync(CancellationToken over)
    {
        // One byte more than is allowed, to see that there are more.
        var buffer = new byte[AnswerLength + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), over).ConfigureAwait(false);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return SocketEnding.Gone;
                }

                if (received.MessageType != WebSocketMessageType.Binary || length > AnswerLength || (received.EndOfMessage && length < AnswerLength))
                {
                    return Strange;
                }

                if (received.EndOfMessage)
                {
                    Answered(BinaryPrimitives.ReadUInt32BigEndian(buffer), TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(4))));
                    length = 0;
                }
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Cut off, or silent for too long: the socket has closed itself.
            return SocketEnding.Gone;
        }
    }

    private void Answered(uint number, TimeSpan later)
    {
        if (film.Acknowledged(number) is { } packet)
        {
            page.Shown(packet.Size, packet.CapturedAt == 0 ? later : time.GetElapsedTime(packet.CapturedAt) + later, film);
        }
    }
}

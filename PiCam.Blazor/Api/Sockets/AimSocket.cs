using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Api.Sockets;

/// <summary>
/// One program that aims over a WebSocket. It sends velocities, or a stop; it gets the gimbal's status whenever that changed,
/// and a problem document for each message that cannot be used. When it goes, what it began ends.
/// </summary>
internal sealed class AimSocket(
    WatchedSocket watched,
    Caller caller,
    Gimbal gimbal,
    JsonSerializerOptions json)
{
    /// <summary>In bytes. A velocity takes 60.</summary>
    private const int LongestMessage = 4096;

    private const string Stop = "stop";

    private static readonly SocketEnding Dismissed = new(WebSocketCloseStatus.PolicyViolation, "You may no longer aim.");
    private static readonly SocketEnding TooLong = new(WebSocketCloseStatus.MessageTooBig, $"A message has at most {LongestMessage} bytes.");
    private static readonly SocketEnding NotText = new(WebSocketCloseStatus.InvalidMessageType, "Messages are text.");

    private readonly WebSocket socket = watched.Socket;

    // Null: the status changed, and goes out as it is then. For a slow reader the oldest are forgotten.
    private readonly Channel<object?> answers =
        Channel.CreateBounded<object?>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Obeys until the program goes, is no longer welcome, or breaks the rules.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        void Pulse() => answers.Writer.TryWrite(null);
        gimbal.Changed += Pulse;
        Pulse();
        var telling = TellAsync(over.Token);
        var watching = watched.WatchAsync(Dismissed, ending.Token);
        var listening = ListenAsync(over.Token);
        try
        {
            var reason = await (await Task.WhenAny(listening, watching).ConfigureAwait(false)).ConfigureAwait(false);
            gimbal.Release(caller);
            await watched.CloseAsync(reason).ConfigureAwait(false);
        }
        finally
        {
            gimbal.Changed -= Pulse;
            await ending.CancelAsync().ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(telling, watching, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Once more: whatever went wrong, and whatever came in while the farewell was said.
            gimbal.Release(caller);
        }
    }

    private async Task<SocketEnding> ListenAsync(CancellationToken over)
    {
        // One byte more than is allowed, to see that there are more.
        var buffer = new byte[LongestMessage + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), over).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return SocketEnding.Gone;
                }

                if (part.MessageType != WebSocketMessageType.Text)
                {
                    return NotText;
                }

                length += part.Count;
                if (length > LongestMessage)
                {
                    return TooLong;
                }

                if (!part.EndOfMessage)
                {
                    continue;
                }

                // Asked for each command, as for a page's: a dismissed person moves nothing any more.
                if (!await watched.IsWelcomeAsync(over).ConfigureAwait(false))
                {
                    return Dismissed;
                }

                Obey(buffer.AsMemory(0, length));
                length = 0;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Cut off, silent for too long, or no text at all: the socket has closed itself.
            return SocketEnding.Gone;
        }
    }

    private void Obey(ReadOnlyMemory<byte> message)
    {
        try
        {
            var fields = JsonFields.Read(message);
            if (fields.Present.ContainsKey(Stop))
            {
                fields.Know(Stop);
                if (!fields.Boolean(Stop))
                {
                    fields.Complain(Stop, "true");
                }

                fields.Refuse();
                gimbal.Stop(caller);
            }
            else
            {
                var (velocity, timeout) = GimbalEndpoints.ReadVelocity(fields);
                gimbal.ContinuousMove(caller, velocity, timeout);
            }
        }
        catch (Exception refused) when (ProblemFilter.Describe(refused) is IValueHttpResult { Value: { } problem })
        {
            answers.Writer.TryWrite(problem);
        }
    }

    private async Task TellAsync(CancellationToken over)
    {
        try
        {
            GimbalDocument? told = null;
            await foreach (var problem in answers.Reader.ReadAllAsync(over).ConfigureAwait(false))
            {
                var answer = problem;
                if (answer is null)
                {
                    var status = GimbalDocument.From(gimbal);
                    if (status == told)
                    {
                        continue;
                    }

                    answer = told = status;
                }

                var text = JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), json);
                await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, over).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Who listens notices it too.
        }
    }
}

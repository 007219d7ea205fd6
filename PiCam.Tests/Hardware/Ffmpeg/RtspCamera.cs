using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>
/// A camera that speaks RTSP (RFC 2326) on 127.0.0.1, with RTP in the same connection. ffmpeg makes the RTP packets and the
/// session description. Serves one client at a time.
/// </summary>
internal sealed class RtspCamera : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly UdpClient packets;
    private readonly CancellationTokenSource ending = new();
    private readonly Process ffmpeg;
    private readonly string description;
    private readonly string? redirect;
    private readonly Task serving;

    private RtspCamera(Process ffmpeg, UdpClient packets, string description, string? redirect)
    {
        this.ffmpeg = ffmpeg;
        this.packets = packets;
        this.description = description;
        this.redirect = redirect;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync();
    }

    public int Port { get; }

    /// <param name="folder">For the session description.</param>
    /// <param name="redirect">Where it sends everybody instead of showing pictures.</param>
    public static async Task<RtspCamera> StartAsync(TemporaryFolder folder, string? redirect = null)
    {
        var packets = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var ffmpeg = Process.Start(
            "ffmpeg",
            [
                "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10",
                "-c:v", "mpeg4", "-g", "5", "-flags", "+global_header", "-f", "rtp", "-sdp_file", folder["camera.sdp"],
                $"rtp://127.0.0.1:{((IPEndPoint)packets.Client.LocalEndPoint!).Port}?pkt_size=1200",
            ]);
        var sdp = "";
        await Eventually.TrueAsync(
            () => File.Exists(folder["camera.sdp"]) && (sdp = File.ReadAllText(folder["camera.sdp"])).Contains("config=", StringComparison.Ordinal),
            "described",
            TestContext.Current.CancellationToken);
        return new RtspCamera(ffmpeg, packets, sdp.TrimEnd() + "\r\na=control:track\r\n", redirect);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        ffmpeg.Kill();
        await ffmpeg.WaitForExitAsync(CancellationToken.None);
        ffmpeg.Dispose();
        packets.Dispose();
        ending.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(ending.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(ending.Token) is { } request)
        {
            var sequence = "";
            while (await reader.ReadLineAsync(ending.Token) is { Length: > 0 } header)
            {
                sequence = header.StartsWith("CSeq:", StringComparison.OrdinalIgnoreCase) ? header : sequence;
            }

            var method = request.Split(' ')[0];
            var (more, body) = method switch
            {
                "DESCRIBE" => ($"Content-Type: application/sdp\r\nContent-Length: {description.Length}\r\n", description),
                "SETUP" => ("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n", ""),
                "OPTIONS" => ("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", ""),
                _ => ("Session: 1\r\n", ""),
            };
            var status = redirect is not null && method == "DESCRIBE" ? $"RTSP/1.0 302 Found\r\nLocation: {redirect}\r\n" : "RTSP/1.0 200 OK\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{status}{sequence}\r\n{more}\r\n{body}"), ending.Token);
            if (method == "PLAY")
            {
                await PlayAsync(stream);
            }
        }
    }

    private async Task PlayAsync(NetworkStream stream)
    {
        while (true)
        {
            var packet = (await packets.ReceiveAsync(ending.Token)).Buffer;
            var framed = new byte[packet.Length + 4];
            framed[0] = (byte)'$';
            BinaryPrimitives.WriteUInt16BigEndian(framed.AsSpan(2), (ushort)packet.Length);
            packet.CopyTo(framed, 4);
            await stream.WriteAsync(framed, ending.Token);
        }
    }
}

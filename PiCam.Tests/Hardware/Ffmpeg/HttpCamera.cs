using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>A camera that speaks HTTP on 127.0.0.1: answers every connection the same way and remembers the requests.</summary>
internal sealed class HttpCamera : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Func<Stream, CancellationToken, Task> answer;
    private readonly Task serving;
    private readonly List<string> requests = [];

    private HttpCamera(Func<Stream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>Request line and headers of each connection.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>Sends the pictures as multipart MJPEG, ten a second, for ever.</summary>
    public static HttpCamera Mjpeg(IReadOnlyList<byte[]> jpegs) => new(async (stream, token) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"u8.ToArray(), token);
        for (var i = 0; ; i++)
        {
            var jpeg = jpegs[i % jpegs.Count];
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"--b\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"), token);
            await stream.WriteAsync(jpeg, token);
            await stream.WriteAsync("\r\n"u8.ToArray(), token);
            await stream.FlushAsync(token);
            await Task.Delay(100, token);
        }
    });

    /// <summary>Answers with this text.</summary>
    public static HttpCamera Text(string head, string body = "") => new(async (stream, token) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), token));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        ending.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(AnswerAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                var request = new StringBuilder();
                var buffer = new byte[1];
                while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, ending.Token) == 1)
                {
                    request.Append((char)buffer[0]);
                }

                lock (requests)
                {
                    requests.Add(request.ToString());
                }

                await answer(stream, ending.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }
}

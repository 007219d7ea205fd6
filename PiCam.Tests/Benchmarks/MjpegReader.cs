using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PiCam.Benchmarks;

/// <summary>
/// Reads a multipart stream as cheaply as can be, a thread and a socket for each reader, so that many fit beside the server on a small machine:
/// it follows the lengths that HTTP/1.1's chunks say, and looks at no picture.
/// </summary>
internal sealed class MjpegReader
{
    private readonly StringBuilder line = new();
    private bool inBody;
    private int rest;
    private long bytes;

    private MjpegReader(Uri url, string header)
    {
        // It lives as long as the process.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(url.Host, url.Port);
        socket.Send(Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n{header}\r\n\r\n"));
        new Thread(() => Read(socket), 256 * 1024) { IsBackground = true }.Start();
    }

    /// <summary>Answers each line of standard input with the bytes of the body that each reader has had so far; ends with the input.</summary>
    /// <param name="url">Of the stream.</param>
    /// <param name="headers">One for each reader, with which it says who it is.</param>
    public static async Task<int> RunAsync(Uri url, IEnumerable<string> headers)
    {
        MjpegReader[] readers = [.. headers.Select(header => new MjpegReader(url, header))];
        await ReaderProcesses.AnswerAsync(() => readers.Select(reader => Interlocked.Read(ref reader.bytes)));
        return 0;
    }

    private void Read(Socket socket)
    {
        var buffer = new byte[256 * 1024];
        for (int read; (read = socket.Receive(buffer)) > 0;)
        {
            Take(buffer.AsSpan(0, read));
        }

        Console.Error.WriteLine("A stream ended; its answer began: " + line);
        Environment.Exit(1);
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (rest > 0)
            {
                var taken = Math.Min(rest, data.Length);
                rest -= taken;
                Interlocked.Add(ref bytes, taken);
                data = data[taken..];
                continue;
            }

            var next = (char)data[0];
            data = data[1..];
            if (next != '\n')
            {
                line.Append(next);
                continue;
            }

            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (!inBody)
            {
                inBody = text.Length == 0;
            }
            else if (text.Length > 0)
            {
                // The line between two chunks is empty.
                rest = int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }
    }
}

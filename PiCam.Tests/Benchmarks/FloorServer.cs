using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PiCam.Benchmarks;

/// <summary>
/// As little as a server can do for readers of MJPEG: a thread and a socket for each, which writes the bytes of the panel's stream, made ready
/// beforehand, when a picture comes.
/// </summary>
internal sealed class FloorServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<byte[], byte[]> parts;
    private readonly ReplayedCamera camera;
    private readonly Lock gate = new();
    private readonly object arrival = new();
    private readonly List<Socket> sockets = [];
    private byte[]? newest;

    public FloorServer(ReplayedCamera camera)
    {
        this.camera = camera;
        parts = camera.Pictures.ToDictionary(jpeg => jpeg, Part);
        listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
        camera.Sending += Publish;
    }

    public string Address => $"http://{listener.LocalEndpoint}/";

    public void Dispose()
    {
        camera.Sending -= Publish;
        listener.Dispose();
        lock (gate)
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static byte[] Part(byte[] jpeg)
    {
        byte[] part = [.. Encoding.ASCII.GetBytes($"Content-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"), .. jpeg, .. "\r\n--picam\r\n"u8];
        return [.. Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), .. part, .. "\r\n"u8];
    }

    private void Publish(byte[] jpeg)
    {
        lock (arrival)
        {
            newest = parts[jpeg];
            Monitor.PulseAll(arrival);
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = listener.AcceptSocket();
                lock (gate)
                {
                    sockets.Add(socket);
                }

                new Thread(() => Serve(socket), 256 * 1024) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // It was disposed of.
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            socket.SendBufferSize = 2 * parts.Values.First().Length;
            socket.Receive(new byte[4096]);
            socket.Send("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=picam\r\nTransfer-Encoding: chunked\r\n\r\n"u8);
            while (true)
            {
                byte[] part;
                lock (arrival)
                {
                    Monitor.Wait(arrival);
                    part = newest!;
                }

                socket.Send(part);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Its reader went, or the measurement is over.
        }
    }
}

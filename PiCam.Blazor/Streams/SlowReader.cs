using System.Net.Sockets;

namespace PiCam.Blazor.Streams;

/// <summary>One reader of pictures, who may be slow or stop: looked at beside the sending, which allocates nothing for it.</summary>
/// <param name="socket">Its connection; null: there is none of its own.</param>
/// <param name="time">The clock.</param>
internal sealed class SlowReader(Socket? socket, TimeProvider time)
{
    /// <summary>R17: a reader that stopped must be gone within 10 s. The time to notice (its buffers fill first, then the next look) comes on top of this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private const int LeastBuffer = 32 * 1024;

    // When the write began that is under way; 0: none is.
    private long writingSince;

    // What the buffer was last made for, in bytes.
    private int fitted;

    /// <summary>Whether it has taken nothing for <see cref="Patience"/> of what was there for it.</summary>
    public bool IsStuck => Volatile.Read(ref writingSince) is > 0 and var since && time.GetElapsedTime(since) >= Patience;

    /// <summary>
    /// A picture is written from now on. The kernel is kept from buffering seconds of pictures: it has room for two, so that one is always on the way.
    /// Over HTTP/2 the page's other requests have the same connection and the same limit, and would wait behind those seconds.
    /// </summary>
    /// <param name="length">Of the picture, in bytes.</param>
    public void Begin(int length)
    {
        if (socket is not null && (length > 1.2 * fitted || 1.5 * length < fitted))
        {
            fitted = length;
            try
            {
                // Linux takes twice what it is told. With less, the picture before, of which all is there but the news of it, leaves no room for this
                // one, which then goes in two pieces at twice the cost.
                socket.SendBufferSize = Math.Max(LeastBuffer, length * 5 / 4);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The reader has gone: the write says so.
            }
        }

        Volatile.Write(ref writingSince, time.GetTimestamp());
    }

    /// <summary>It has been written.</summary>
    public void End() => Volatile.Write(ref writingSince, 0);
}

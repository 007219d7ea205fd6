using System.Net.Sockets;
using PiCam.Blazor.Security;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Streams;

/// <summary>One reader of pictures, who may be slow or stop: looked at beside the sending, which allocates nothing for it.</summary>
/// <param name="socket">Its connection; null: there is none of its own.</param>
/// <param name="time">The clock.</param>
internal sealed partial class SlowReader(Socket? socket, TimeProvider time)
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

    /// <summary>
    /// Looks after the sending from beside it and ends it when the reader is stuck or welcome no more, or the camera is switched off on purpose: its last
    /// picture would stand there as if it were live. What is on its way to a reader who takes nothing ends, too; and so it does when nobody can say whether
    /// the reader is welcome.
    /// </summary>
    /// <param name="subscription">Where the pictures come from.</param>
    /// <param name="welcome">The reader's.</param>
    /// <param name="ending">Cancelled when the sending shall end; who sends cancels it when it has ended.</param>
    /// <param name="logger">Told of a reader who was stuck.</param>
    /// <returns>Whether the reader was stuck: its connection is to be aborted, for it would not take a farewell either.</returns>
    public async Task<bool> EndWhenDueAsync(FrameSubscription subscription, Welcome welcome, CancellationTokenSource ending, ILogger logger)
    {
        var wasStuck = false;
        try
        {
            using var timer = new PeriodicTimer(Welcome.CheckInterval, time);
            do
            {
                await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false);
                wasStuck = IsStuck;
            }
            while (!wasStuck && !subscription.IsClosed && await welcome.IsStillAsync(ending.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It has ended.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }

        if (wasStuck)
        {
            LogDropped(logger, Patience.TotalSeconds);
        }

        return wasStuck;
    }

    [LoggerMessage(LogLevel.Information, "A stream's reader took nothing for {Seconds} s and was dropped")]
    private static partial void LogDropped(ILogger logger, double seconds);
}

using System.IO.Pipelines;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.JpegPipes;

/// <summary>One run of the program, from its start to its end, and the JPEGs that it writes.</summary>
internal sealed class JpegPipeRun : IAsyncDisposable
{
    private readonly ChildProcess child;
    private readonly Action<JpegPicture> arrived;
    private readonly Action<string, Exception?> ended;
    private readonly JpegSplitter splitter;
    private readonly Task pumping;
    private long dropped;
    private volatile bool stopping;

    /// <param name="child">A running program; it belongs to this from here on.</param>
    /// <param name="arrived">Takes each picture.</param>
    /// <param name="ended">Learns why it ended, unless it was stopped by <see cref="DisposeAsync"/>.</param>
    /// <param name="largest">Bytes; a larger picture is dropped.</param>
    public JpegPipeRun(
        ChildProcess child, Action<JpegPicture> arrived, Action<string, Exception?> ended, int largest = JpegSplitter.DefaultMaximumBytes)
    {
        splitter = new JpegSplitter(largest);
        this.child = child;
        this.arrived = arrived;
        this.ended = ended;
        pumping = PumpAsync();
    }

    /// <summary>Pictures thrown away because they were corrupt or too large.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public async ValueTask DisposeAsync()
    {
        // The pump reads on until the program has closed its output: a full pipe would keep ffmpeg from hearing the SIGTERM.
        stopping = true;
        await child.StopAsync().ConfigureAwait(false);
        await pumping.ConfigureAwait(false);
        await child.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        Exception? fault = null;
        try
        {
            ReadResult result;
            do
            {
                result = await child.Output.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var input = result.Buffer;
                while (splitter.Read(ref input) is { } picture)
                {
                    child.Progress();
                    arrived(picture);
                }

                Interlocked.Exchange(ref dropped, splitter.Dropped);
                child.Output.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted && !result.IsCanceled);
        }
#pragma warning disable CA1031 // Whatever it is, the reader learns of it below; unseen it would wait for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
            await child.StopAsync().ConfigureAwait(false);
        }

        // Closing its output is a program's last act; if it is not, the watchdog ends it.
        var reason = await child.Ended.ConfigureAwait(false);
        if (!stopping)
        {
            ended(reason, fault);
        }
    }
}

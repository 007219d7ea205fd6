using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>Gives an ffmpeg frames, each with its time: its standard input reads as <see cref="MatroskaWriter"/> writes.</summary>
/// <param name="child">ffmpeg.</param>
/// <param name="plan">How its file is made.</param>
/// <param name="watch">Learns of when it is waited for.</param>
internal sealed class FrameFeed(ChildProcess child, RecordingPlan plan, FeedWatch watch)
{
    private readonly byte[] header = new byte[MatroskaWriter.FrameHeaderLength];
    private TimeSpan? begin;

    /// <exception cref="RecordingFailedException">ffmpeg takes no more.</exception>
    /// <exception cref="Core.Media.MediaStorageException">The disk does not.</exception>
    public async Task WriteAsync(Frame frame)
    {
        child.Progress();
        watch.IsWaiting = true;
        try
        {
            if (begin is null)
            {
                begin = frame.Metadata.SensorTimestamp;
                await child.Input.WriteAsync(MatroskaWriter.Header(plan.Size, plan.FrameDuration)).ConfigureAwait(false);
            }

            MatroskaWriter.FrameHeader(frame.Metadata.SensorTimestamp - begin.Value, frame.Jpeg.Length, header);
            await child.Input.WriteAsync(header).ConfigureAwait(false);
            await child.Input.WriteAsync(frame.Jpeg).ConfigureAwait(false);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // ffmpeg has ended; why, it says by itself.
            throw await FfmpegFailure.OfAsync(child).ConfigureAwait(false);
        }
        finally
        {
            watch.IsWaiting = false;
            child.Progress();
        }
    }

    /// <summary>There are no more; from here on ffmpeg's end is waited for.</summary>
    public async Task EndAsync()
    {
        watch.IsWaiting = true;
        child.Progress();
        await child.Input.DisposeAsync().ConfigureAwait(false);
    }
}

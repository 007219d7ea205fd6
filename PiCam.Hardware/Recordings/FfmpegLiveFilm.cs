using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>A film that somebody watches while one ffmpeg makes it. Where they cannot follow, frames are left out, not kept waiting.</summary>
internal static class FfmpegLiveFilm
{
    /// <param name="ffmpeg">The program.</param>
    /// <param name="plan">How.</param>
    /// <param name="encoder">One of <see cref="RecordingArguments.Encoders"/>.</param>
    /// <param name="frames">The next one is asked for when ffmpeg has taken the one before.</param>
    /// <param name="target">Where the film goes.</param>
    /// <param name="startAsync">Starts ffmpeg.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordingFailedException">ffmpeg cannot be started, or failed.</exception>
    public static async Task RunAsync(
        string ffmpeg, RecordingPlan plan, string encoder, IAsyncEnumerable<Frame> frames, Stream target, Func<ChildCommand, Task<ChildProcess>> startAsync,
        CancellationToken cancellationToken)
    {
        var (child, feed) = await FrameFeed.StartAsync(FfmpegCommand.Of(ffmpeg, RecordingArguments.ForWatching(plan, encoder)), plan, startAsync).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var feeding = FrameFeed.CopyAsync(feed, frames, ending.Token);
            var copying = child.Output.CopyToAsync(target, ending.Token);
            var first = await Task.WhenAny(feeding, copying).ConfigureAwait(false);
            if (first == feeding && feeding.IsCompletedSuccessfully)
            {
                // No more frames: what is encoded still goes out.
                await copying.ConfigureAwait(false);
                return;
            }

            // Its output ends by itself with ffmpeg only: the frames have not.
            var failure = first == copying && copying.IsCompletedSuccessfully && !cancellationToken.IsCancellationRequested
                ? await FfmpegFailure.OfRecordingAsync(child).ConfigureAwait(false)
                : null;

            // A write that waits for ffmpeg to read ends with ffmpeg.
            await ending.CancelAsync().ConfigureAwait(false);
            await child.StopAsync().ConfigureAwait(false);
            await Task.WhenAll(feeding, copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first.ConfigureAwait(false);
            if (failure is not null)
            {
                throw failure;
            }
        }
    }
}

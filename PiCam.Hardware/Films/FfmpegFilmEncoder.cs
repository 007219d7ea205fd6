using Microsoft.Extensions.Logging;
using PiCam.Core;
using PiCam.Core.Films;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Films;

/// <summary>Makes films by ffmpeg, at the lowest priority and with half of the processors. The pictures come to it by a pipe, never by their names.</summary>
/// <param name="ffmpeg">The program: an absolute path, or a name that is looked up in PATH.</param>
/// <param name="time">The clock of the watchdog.</param>
/// <param name="logger">Learns of what ffmpeg complains of.</param>
internal sealed class FfmpegFilmEncoder(string ffmpeg, TimeProvider time, ILogger<FfmpegFilmEncoder> logger) : IFilmEncoder
{
    public async Task<Reason?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            var encoders = await ChildAnswer.ReadAsync(FfmpegCommand.Of(ffmpeg, FilmArguments.ForEncoders), time, logger, cancellationToken).ConfigureAwait(false);
            return encoders.Contains(" libx264 ", StringComparison.Ordinal) ? null : FilmFault.NoEncoder;
        }
        catch (ChildStartException)
        {
            return FilmFault.NoFfmpeg;
        }
        catch (ChildFailedException failed)
        {
            return FilmFault.Failed(failed.Message);
        }
    }

    public async Task<int> EncodeAsync(
        FilmPlan plan, IAsyncEnumerable<ReadOnlyMemory<byte>> jpegs, string filePath, Action<int> encoded, CancellationToken cancellationToken)
    {
        var threads = Math.Max(1, Environment.ProcessorCount / 2);
        var child = await StartAsync(FilmArguments.ForFilm(plan, filePath, threads), writesInput: true, cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var feeding = FeedAsync(child, jpegs, giveUp.Token);
            int frames;
            try
            {
                frames = await FollowAsync(child, encoded, cancellationToken).ConfigureAwait(false);
                await child.Ended.ConfigureAwait(false);
            }
            catch
            {
                // A write that waits for ffmpeg to read ends with ffmpeg.
                await giveUp.CancelAsync().ConfigureAwait(false);
                await child.StopAsync().ConfigureAwait(false);
                await Task.WhenAny(feeding).ConfigureAwait(false);
                throw;
            }

            await feeding.ConfigureAwait(false);
            return child.ExitCode == 0 ? frames : throw await FailureAsync(child).ConfigureAwait(false);
        }
    }

    public async Task<int> CountAsync(string filePath, Action<int> decoded, CancellationToken cancellationToken)
    {
        var child = await StartAsync(FilmArguments.ForCount(filePath), writesInput: false, cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            var frames = await FollowAsync(child, decoded, cancellationToken).ConfigureAwait(false);
            await child.Ended.ConfigureAwait(false);

            // What ended with an error is not whole, however much of it was decoded before; a whole film has two pictures at least.
            return child.ExitCode == 0 ? frames : frames > 0 ? Math.Max(1, frames - 1) : throw await FailureAsync(child).ConfigureAwait(false);
        }
    }

    private static async Task<int> FollowAsync(ChildProcess child, Action<int> counted, CancellationToken cancellationToken)
    {
        var last = await FfmpegProgress.ReadAsync(child, progress => counted((int)progress.Frames), cancellationToken).ConfigureAwait(false);
        return (int)last.Frames;
    }

    private static async Task FeedAsync(ChildProcess child, IAsyncEnumerable<ReadOnlyMemory<byte>> jpegs, CancellationToken cancellationToken)
    {
        var input = child.Input;
        await using (input.ConfigureAwait(false))
        {
            await foreach (var piece in jpegs.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    await input.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception closed) when (closed is IOException or ObjectDisposedException)
                {
                    // ffmpeg has ended; why, it says by itself.
                    return;
                }

                child.Progress();
            }
        }
    }

    private static Task<ReasonException> FailureAsync(ChildProcess child) => FfmpegFailure.OfAsync(child, reason => new FilmFailedException(FilmFault.Failed(reason)));

    private async Task<ChildProcess> StartAsync(IReadOnlyList<string> arguments, bool writesInput, CancellationToken cancellationToken)
    {
        var command = FfmpegCommand.InBackground(ffmpeg, arguments) with { WritesInput = writesInput };
        try
        {
            return await ChildProcess.StartAsync(command, time, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (ChildStartException missing)
        {
            throw new FilmFailedException(FilmFault.NoFfmpeg, missing);
        }
    }
}

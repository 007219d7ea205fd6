using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PiCam.Core.Media;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Films;

/// <summary>Looks into films by ffmpeg, and into those of the camera's own JPEGs without it.</summary>
/// <param name="ffmpeg">The program: an absolute path, or a name that is looked up in PATH.</param>
/// <param name="time">The clock of the watchdog.</param>
/// <param name="logger">Learns of what ffmpeg complains of.</param>
internal sealed class FfmpegFilmFiles(string ffmpeg, TimeProvider time, ILogger<FfmpegFilmFiles> logger) : IFilmFiles
{
    // Somebody waits for a picture.
    private static readonly TimeSpan LongestFrame = TimeSpan.FromSeconds(30);

    // What ffmpeg returns when a signal ended it in good order.
    private const int Interrupted = 255;

    // Of a sensor's largest picture, as ffmpeg makes it.
    private const int MostBytes = 64 * 1024 * 1024;

    public async Task<FilmContent> InspectAsync(string filePath, CancellationToken cancellationToken)
    {
        if (!File.Exists(filePath))
        {
            return FilmContent.Nothing;
        }

        if (await AviFilm.OpenAsync(filePath, cancellationToken).ConfigureAwait(false) is { } avi)
        {
            await using (avi.ConfigureAwait(false))
            {
                return new(avi.Reader.Count, avi.Reader.Duration);
            }
        }

        var child = await StartAsync(FilmFileArguments.ForInspection(filePath), cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            var progress = await FfmpegProgress.ReadAsync(child, _ => { }, cancellationToken).ConfigureAwait(false);
            var reason = await child.Ended.ConfigureAwait(false);
            if (child.ExitCode is null or Interrupted or (> 128 and <= 128 + 15))
            {
                // What it was told to stop at is not the film's end.
                throw new FilmFileException(MediaFault.Film(reason));
            }

            return progress.Frames > 0 ? new(progress.Frames, progress.Time) : FilmContent.Nothing;
        }
    }

    public async Task<byte[]?> FrameAsync(string filePath, TimeSpan at, CancellationToken cancellationToken)
    {
        if (await AviFilm.OpenAsync(filePath, cancellationToken).ConfigureAwait(false) is { } avi)
        {
            await using (avi.ConfigureAwait(false))
            {
                var number = avi.Reader.NumberAt(at);
                return number < avi.Reader.Count ? await avi.Reader.ReadAsync(number, cancellationToken).ConfigureAwait(false) : null;
            }
        }

        var command = FfmpegCommand.Of(ffmpeg, FilmFileArguments.ForFrame(filePath, at)) with { ReadyTimeout = LongestFrame };
        try
        {
            var jpeg = await ChildAnswer.ReadBytesAsync(command, MostBytes, time, logger, cancellationToken).ConfigureAwait(false);
            return jpeg.Length > 0 ? jpeg : null;
        }
        catch (ChildStartException missing)
        {
            throw new FilmFileException(MediaFault.NoFfmpeg, missing);
        }
        catch (ChildFailedException)
        {
            // It is broken there, or no film at all.
            return null;
        }
    }

    public async Task IndexAsync(string source, string target, CancellationToken cancellationToken)
    {
        await RunAsync(FilmFileArguments.ForIndex(source, target), cancellationToken).ConfigureAwait(false);
        var original = await HashAsync(source, cancellationToken).ConfigureAwait(false);
        if (await HashAsync(target, cancellationToken).ConfigureAwait(false) != original)
        {
            throw new FilmFileException(MediaFault.NotCopied);
        }
    }

    public async Task CutAsync(string source, string target, TimeSpan from, TimeSpan to, CancellationToken cancellationToken)
    {
        if (await AviFilm.OpenAsync(source, cancellationToken).ConfigureAwait(false) is { } avi)
        {
            await using (avi.ConfigureAwait(false))
            {
                await avi.CutAsync(target, from, to, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        await RunAsync(FilmFileArguments.ForCut(source, target, from, to), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A hash over all frames, as they are encoded, with their times.</summary>
    private async Task<string> HashAsync(string filePath, CancellationToken cancellationToken)
    {
        var child = await StartAsync(FilmFileArguments.ForHashes(filePath), cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var lines = new StreamReader(child.Output.AsStream(leaveOpen: true));
            var isEmpty = true;
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                child.Progress();
                if (line.Split(',', StringSplitOptions.TrimEntries) is [_, var decoding, var shown, _, var size, var frame])
                {
                    // How long the last one lasts is all that the containers tell differently.
                    isEmpty = false;
                    hash.AppendData(Encoding.ASCII.GetBytes($"{decoding},{shown},{size},{frame};"));
                }
            }

            await DemandSuccessAsync(child, cancellationToken).ConfigureAwait(false);
            return isEmpty ? throw new FilmFileException(MediaFault.NothingThere) : Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var child = await StartAsync(arguments, cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            await FfmpegProgress.ReadAsync(child, _ => { }, cancellationToken).ConfigureAwait(false);
            await DemandSuccessAsync(child, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DemandSuccessAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        await child.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (child.ExitCode != 0)
        {
            throw await FfmpegFailure.OfAsync(child, reason => new FilmFileException(MediaFault.Film(reason))).ConfigureAwait(false);
        }
    }

    private async Task<ChildProcess> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.StartAsync(FfmpegCommand.InBackground(ffmpeg, arguments), time, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (ChildStartException missing)
        {
            throw new FilmFileException(MediaFault.NoFfmpeg, missing);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PiCam.Core;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>Makes recordings: H.264 by ffmpeg, the camera's own JPEGs without it.</summary>
/// <param name="ffmpeg">The program: an absolute path, or a name that is looked up in PATH.</param>
/// <param name="time">The clock of the watchdog.</param>
/// <param name="logger">Learns of what ffmpeg complains of.</param>
internal sealed partial class FfmpegRecordingEncoder(string ffmpeg, TimeProvider time, ILogger<FfmpegRecordingEncoder> logger) : IRecordingEncoder, IDisposable
{
    // A slow machine may take as long for one second of film.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(30);

    // Beside a busy disk even a healthy ffmpeg may come to nothing for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim turn = new(1);
    private string? best;

    public async Task<Reason?> FaultAsync(CancellationToken cancellationToken) => (await ChooseAsync(cancellationToken).ConfigureAwait(false)).Fault;

    public async Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Format == RecordingFormat.Mjpeg)
        {
            return AviRecordingFile.Create(plan, filePath);
        }

        var (encoder, fault) = await ChooseAsync(cancellationToken).ConfigureAwait(false);
        return encoder is null
            ? throw new RecordingFailedException(fault!)
            : await FfmpegRecordingFile.StartAsync(ffmpeg, plan, encoder, filePath, StartAsync).ConfigureAwait(false);
    }

    public async Task<RecordingContent> InspectAsync(string filePath, CancellationToken cancellationToken)
    {
        if (!File.Exists(filePath))
        {
            return RecordingContent.Nothing;
        }

        // The camera's own pictures can be counted without ffmpeg.
        var stream = File.OpenRead(filePath);
        await using (stream.ConfigureAwait(false))
        {
            if (await AviReader.OpenAsync(stream, cancellationToken).ConfigureAwait(false) is { } avi)
            {
                return new(avi.Count, avi.Duration);
            }
        }

        var child = await StartInBackgroundAsync(RecordingArguments.ForInspection(filePath)).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            var progress = await FfmpegProgress.ReadAsync(child, _ => { }, cancellationToken).ConfigureAwait(false);
            return progress.Frames > 0 ? new(progress.Frames, progress.Time) : RecordingContent.Nothing;
        }
    }

    public async Task IndexAsync(string source, string target, CancellationToken cancellationToken)
    {
        var child = await StartInBackgroundAsync(RecordingArguments.ForIndex(source, target)).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            await FfmpegProgress.ReadAsync(child, _ => { }, cancellationToken).ConfigureAwait(false);
            await DemandSuccessAsync(child, cancellationToken).ConfigureAwait(false);
        }

        var original = await HashAsync(source, cancellationToken).ConfigureAwait(false);
        if (await HashAsync(target, cancellationToken).ConfigureAwait(false) != original)
        {
            throw new RecordingFailedException(RecordingFault.NotCopied);
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>The best encoder that works here, tried once; or why there is none, asked anew each time: somebody may install ffmpeg.</summary>
    private async Task<(string? Encoder, Reason? Fault)> ChooseAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (best is not null)
            {
                return (best, null);
            }

            foreach (var encoder in RecordingArguments.Encoders)
            {
                try
                {
                    var trial = Command(RecordingArguments.ForTrial(encoder)) with { ReadyTimeout = LongestTrial };
                    await ChildAnswer.ReadAsync(trial, time, logger, cancellationToken).ConfigureAwait(false);
                    best = encoder;
                    LogChosen(encoder);
                    return (encoder, null);
                }
                catch (ChildStartException)
                {
                    return (null, RecordingFault.NoFfmpeg);
                }
                catch (ChildFailedException failed)
                {
                    LogNotHere(encoder, failed.Message);
                }
            }

            return (null, RecordingFault.NoEncoder);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A hash over all frames, as they are encoded, with their times.</summary>
    private async Task<string> HashAsync(string filePath, CancellationToken cancellationToken)
    {
        var child = await StartInBackgroundAsync(RecordingArguments.ForHashes(filePath)).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var isEmpty = true;
            using var lines = new StreamReader(child.Output.AsStream(leaveOpen: true));
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
            return isEmpty ? throw new RecordingFailedException(RecordingFault.NothingInIt) : Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    private static async Task DemandSuccessAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        await child.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (child.ExitCode != 0)
        {
            throw await FfmpegFailure.OfAsync(child).ConfigureAwait(false);
        }
    }

    private Task<ChildProcess> StartInBackgroundAsync(IReadOnlyList<string> arguments) =>
        StartAsync(Command(arguments) with { InBackground = true, ReadyTimeout = Patience, StallLimit = static () => Patience });

    private ChildCommand Command(IReadOnlyList<string> arguments) => new() { Name = "ffmpeg", Executable = ffmpeg, Arguments = arguments };

    private async Task<ChildProcess> StartAsync(ChildCommand command)
    {
        try
        {
            return await ChildProcess.StartAsync(command, time, logger, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChildStartException missing)
        {
            best = null;
            throw new RecordingFailedException(RecordingFault.NoFfmpeg, missing);
        }
    }

    [LoggerMessage(LogLevel.Information, "Recordings are encoded by {Encoder}")]
    private partial void LogChosen(string encoder);

    [LoggerMessage(LogLevel.Information, "{Encoder} does not work here: {Why}")]
    private partial void LogNotHere(string encoder, string why);
}

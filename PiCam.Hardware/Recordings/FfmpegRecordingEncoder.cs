using System.Globalization;
using Microsoft.Extensions.Logging;
using PiCam.Core;
using PiCam.Core.Frames;
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

    // Each has an encoder of its own, which takes most of a core.
    private const int MostWatchers = 2;

    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim watchers = new(MostWatchers);
    private string? best;

    public async Task<Reason?> FaultAsync(CancellationToken cancellationToken) => (await ChooseAsync(cancellationToken).ConfigureAwait(false)).Fault;

    /// <summary>The best encoder that works here.</summary>
    /// <exception cref="RecordingFailedException">There is none.</exception>
    public async Task<string> EncoderAsync(CancellationToken cancellationToken)
    {
        var (encoder, fault) = await ChooseAsync(cancellationToken).ConfigureAwait(false);
        return encoder ?? throw new RecordingFailedException(fault!);
    }

    public async Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Format == RecordingFormat.Mjpeg)
        {
            return AviRecordingFile.Create(plan, filePath);
        }

        var encoder = await EncoderAsync(cancellationToken).ConfigureAwait(false);
        return await FfmpegRecordingFile.StartAsync(ffmpeg, plan, encoder, filePath, StartAsync).ConfigureAwait(false);
    }

    public async Task StreamAsync(RecordingPlan plan, IAsyncEnumerable<Frame> frames, Stream target, CancellationToken cancellationToken)
    {
        var encoder = await EncoderAsync(cancellationToken).ConfigureAwait(false);
        if (plan is { Live: not null })
        {
            // However many watch it, there is one; who makes them counts them.
            await FfmpegLiveFilm.RunAsync(ffmpeg, plan, encoder, frames, target, StartAsync, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!await watchers.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            throw new RecordingFailedException(RecordingFault.TooManyWatch(MostWatchers.ToString(CultureInfo.InvariantCulture)));
        }

        try
        {
            await FfmpegLiveFilm.RunAsync(ffmpeg, plan, encoder, frames, target, StartAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            watchers.Release();
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        watchers.Dispose();
    }

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
                    var trial = FfmpegCommand.Of(ffmpeg, RecordingArguments.ForTrial(encoder)) with { ReadyTimeout = LongestTrial };
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

    /// <summary>Starts an ffmpeg.</summary>
    /// <exception cref="RecordingFailedException">There is none, or none any more.</exception>
    public async Task<ChildProcess> StartAsync(ChildCommand command)
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

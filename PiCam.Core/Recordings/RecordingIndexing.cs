using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Media;

namespace PiCam.Core.Recordings;

/// <summary>
/// Gives recordings an index at their beginning, one after the other. While they are written they have none, so that a power cut costs
/// two seconds and not the film; with one they can be sought through at once, also over a slow line.
/// </summary>
public sealed partial class RecordingIndexing(
    RecordingParts parts, MediaLibrary library, MediaUpkeep upkeep, IFilmFiles films, TimeProvider time, ILogger<RecordingIndexing> logger)
    : BackgroundService
{
    // Who records day and night shall not wait for a pause that never comes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim changed = new(0);

    // What did not work is tried again at the next start.
    private readonly HashSet<string> failed = [];

    /// <summary>Whether nothing waits for its index now.</summary>
    internal bool IsIdle => !parts.Unindexed.Any(file => !failed.Contains(file.MediaId!));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await upkeep.WhenReconciledAsync(stoppingToken).ConfigureAwait(false);
        void Wake() => changed.Release();
        parts.Changed += Wake;
        try
        {
            while (true)
            {
                if (Next() is { } file)
                {
                    await IndexAsync(file, stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await changed.WaitAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            parts.Changed -= Wake;
        }
    }

    // Not beside a recording: it needs the processors and the disk.
    private OpenRecording? Next() => parts.Unindexed.FirstOrDefault(
        file => !failed.Contains(file.MediaId!) && (!parts.IsWriting || time.GetUtcNow() - file.TakenAt >= LongestWait));

    private async Task IndexAsync(OpenRecording file, CancellationToken stoppingToken)
    {
        var id = file.MediaId!;
        try
        {
            await library.RewriteAsync(id, (from, to) => films.IndexAsync(from, to, stoppingToken), stoppingToken).ConfigureAwait(false);
            await parts.CloseAsync(file.FilePath).ConfigureAwait(false);
        }
        catch (MediaMissingException)
        {
            // Somebody deleted it meanwhile; brought back, it is played as it is.
            await parts.CloseAsync(file.FilePath).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A disk can fail in any way. The recording is there, and can be played as it is.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failed.Add(id);
            LogFailed(exception);
        }
    }

    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "A recording keeps its index in its parts: it could not be written anew. It is tried again at the next start")]
    private partial void LogFailed(Exception exception);
}

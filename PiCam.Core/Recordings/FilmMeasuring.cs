using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Media;

namespace PiCam.Core.Recordings;

/// <summary>Looks, once after the start, how long the films are that were found in the library's folder, and which of them are damaged.</summary>
public sealed partial class FilmMeasuring(RecordingParts parts, MediaLibrary library, MediaUpkeep upkeep, ILogger<FilmMeasuring> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await upkeep.WhenReconciledAsync(stoppingToken).ConfigureAwait(false);
        IReadOnlyList<MediaItem> films = [];
        await TryAsync("the films that were found are", async () => films = await library.UnmeasuredAsync(stoppingToken).ConfigureAwait(false), stoppingToken).ConfigureAwait(false);
        foreach (var film in films)
        {
            await WhenNothingIsWrittenAsync(stoppingToken).ConfigureAwait(false);
            await TryAsync($"{film.Path} is", () => library.MeasureAsync(film, stoppingToken), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(string what, Func<Task> measureAsync, CancellationToken stoppingToken)
    {
        try
        {
            await measureAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A disk can be ill in any way. The others are measured, and this one at the next start.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotMeasured(exception, what);
        }
    }

    // Not beside a recording: each is decoded whole.
    private async Task WhenNothingIsWrittenAsync(CancellationToken cancellationToken)
    {
        while (parts.IsWriting)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Tell() => changed.TrySetResult();
            parts.Changed += Tell;
            try
            {
                if (parts.IsWriting)
                {
                    await changed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                parts.Changed -= Tell;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nobody can tell now how long {What}")]
    private partial void LogNotMeasured(Exception exception, string what);
}

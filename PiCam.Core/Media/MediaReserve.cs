using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PiCam.Core.Media;

/// <summary>Keeps as much of the library's disk free as the owner has said, by letting the oldest pictures and films go.</summary>
public sealed partial class MediaReserve(
    MediaLibrary library, IMediaFiles files, IOptions<MediaOptions> options, TimeProvider time, ILogger<MediaReserve> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // So few that little more goes than has to.
    private const int Batch = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reserve = options.Value.Reserve * 1_000_000L;
        if (reserve == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                var gone = 0;
                while (files.Look() is { IsWritable: true, FreeBytes: { } free } && free < reserve)
                {
                    var some = await library.LetGoAsync(Batch, stoppingToken).ConfigureAwait(false);
                    gone += some;
                    if (some == 0)
                    {
                        break;
                    }
                }

                if (gone > 0)
                {
                    LogGone(gone, options.Value.Reserve);
                }
            }
#pragma warning disable CA1031 // A disk can fail in any way, and the panel goes on without this: it is tried again.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogPutOff(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} of the oldest pictures and films went, so that {Reserve} MB are free")]
    private partial void LogGone(int count, int reserve);

    [LoggerMessage(LogLevel.Error, "The oldest pictures and films could not be removed; this is tried again")]
    private partial void LogPutOff(Exception exception);
}

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
                // By what went, not by what the disk says: it may say late that a file has gone, or not at all while somebody reads it.
                var missing = files.Look() is { IsWritable: true, FreeBytes: { } free } ? reserve - free : 0;
                var gone = 0;
                while (missing > 0 && await library.LetGoAsync(Batch, stoppingToken).ConfigureAwait(false) is { Count: > 0 } some)
                {
                    gone += some.Count;
                    missing -= some.Sum(item => item.Bytes);
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

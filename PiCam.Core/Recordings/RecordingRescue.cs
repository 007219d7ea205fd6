using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PiCam.Core.Recordings;

/// <summary>After a power cut: takes what was being recorded into the library. Started before the library's upkeep, which would remove it.</summary>
public sealed partial class RecordingRescue(RecordingParts parts, ILogger<RecordingRescue> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await parts.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await parts.RescueAsync(stoppingToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A disk can fail in any way, and the panel goes on without this: the next start tries it again.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "What was being recorded when PiCam ended could not be looked at; the next start tries it again")]
    private partial void LogFailed(Exception exception);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PiCam.Core.Media;

/// <summary>Makes the library's files and index agree when the panel starts, and removes for good what was deleted a while ago.</summary>
public sealed partial class MediaUpkeep(MediaLibrary library, TimeProvider time, ILogger<MediaUpkeep> logger) : BackgroundService
{
    /// <summary>How often it looks for what can go.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestReconciling = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource<MediaReconciliation> reconciled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when files and index agree; it may take a while after the panel has started, and waits for the disk if that is ill.</summary>
    public Task<MediaReconciliation> Reconciled => reconciled.Task;

    /// <summary>Returns when <see cref="Reconciled"/> has completed, or after two minutes: an ill disk is waited for no longer.</summary>
    public async Task WhenReconciledAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reconciled.Task.WaitAsync(LongestReconciling, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogNotReconciled();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (!reconciled.Task.IsCompleted)
                {
                    reconciled.SetResult(await library.ReconcileAsync(stoppingToken).ConfigureAwait(false));
                }

                await library.PurgeAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A disk can fail in any way, and the panel goes on without this: it is tried again.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogPutOff(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(LogLevel.Error, "The library's upkeep failed and is tried again in a minute")]
    private partial void LogPutOff(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The library's files and index may not agree yet, but are waited for no longer")]
    private partial void LogNotReconciled();
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PiCam.Hardware.Processes;

/// <summary>
/// Before anything else starts: ends what a killed PiCam left behind, as it may still hold the camera. Usually there is nothing,
/// because a child dies with its parent; but not without setpriv, and its own children do not.
/// </summary>
internal sealed partial class OrphanSweep(ILogger<OrphanSweep> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId
                && MarkOf(folder) is { } mark && !ParentMark.Lives(mark))
            {
                await EndAsync(id, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null: not a child of ours, or another user's process.</summary>
    private static string? MarkOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Split('\0')
                .FirstOrDefault(v => v.StartsWith(ParentMark.Variable + "=", StringComparison.Ordinal))?[(ParentMark.Variable.Length + 1)..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task EndAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            LogOrphan(process.ProcessName, id);
            process.Kill();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogStays(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Name} (process {Id}) is left from a PiCam that was killed, and is ended.")]
    private partial void LogOrphan(string name, int id);

    [LoggerMessage(LogLevel.Error, "Process {Id}, left from a PiCam that was killed, does not end; it may hold the camera.")]
    private partial void LogStays(Exception exception, int id);
}

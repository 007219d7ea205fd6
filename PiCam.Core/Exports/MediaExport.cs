using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Core.Exports;

/// <summary>
/// Copies pictures and films to a USB disk or another folder, one export at a time, in the background. What is there already is passed
/// over, so that an export that was cut off goes on when somebody asks for it again.
/// </summary>
public sealed partial class MediaExport(
    MediaLibrary library, IExportPlaces places, TimeProvider time, ILogger<MediaExport> logger, IAuditTrail? audit = null) : IHostedService, IDisposable
{
    // So many are looked up at once; all at once would be a library in memory.
    private const int Batch = 500;

    // So often people see how far it is.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(0.5);

    private readonly Lock gate = new();
    private ExportState? state;
    private CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private long reported;

    /// <summary><see cref="State"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>How far it is, or how the last one ended; null: there was none since the panel started.</summary>
    public ExportState? State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Where one can export to now.</summary>
    /// <param name="caller">Needs <see cref="Permission.Export"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<IReadOnlyList<ExportPlace>> PlacesAsync(Caller caller)
    {
        Demand(caller);
        return Task.Run(places.Look);
    }

    /// <summary>Begins to copy.</summary>
    /// <param name="caller">Needs <see cref="Permission.Export"/>.</param>
    /// <param name="folder">Of one of <see cref="PlacesAsync"/>.</param>
    /// <param name="ids">Of pictures and films, in the order in which they are copied.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">There is no such place, or nothing to copy.</exception>
    /// <exception cref="ExportFailedException">An export is under way, or PiCam cannot write there.</exception>
    public async Task<ExportState> StartAsync(Caller caller, string folder, IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if ((await PlacesAsync(caller).ConfigureAwait(false)).FirstOrDefault(one => one.Folder == folder) is not { } place)
        {
            throw new InvalidValueException(new InvalidValue("place", $"\"{folder}\"", ExportFault.APlace));
        }

        if (ids.Count == 0)
        {
            throw new InvalidValueException(new InvalidValue("ids", "[]", Allowed.OneOrMore));
        }

        string[] chosen = [.. ids.Distinct()];
        if (place.Obstacle is { } obstacle)
        {
            throw new ExportFailedException(obstacle);
        }

        ExportState begun;
        lock (gate)
        {
            if (state is { IsRunning: true })
            {
                throw new ExportFailedException(ExportFault.Busy);
            }

            state = begun = new ExportState { IsRunning = true, Place = place, By = caller.Name, Total = chosen.Length };
            stopping = new CancellationTokenSource();
            var token = stopping.Token;
            running = Task.Run(() => RunAsync(place, chosen, token));
        }

        audit?.Record(caller, AuditAction.Exported, $"{chosen.Length} → {place.Folder}");
        Changed?.Invoke();
        return begun;
    }

    /// <summary>Ends the export, if there is one; what was copied stays.</summary>
    /// <param name="caller">Needs <see cref="Permission.Export"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task StopAsync(Caller caller)
    {
        Demand(caller);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Nobody needs to be told any more how the last one ended.</summary>
    /// <inheritdoc cref="StopAsync(Caller)"/>
    public void Forget(Caller caller)
    {
        Demand(caller);
        lock (gate)
        {
            state = state is { IsRunning: true } ? state : null;
        }

        Changed?.Invoke();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => EndAsync().WaitAsync(cancellationToken);

    public void Dispose() => stopping.Dispose();

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Export);
    }

    private async Task EndAsync()
    {
        Task last;
        CancellationTokenSource end;
        lock (gate)
        {
            (last, end) = (running, stopping);
        }

        await end.CancelAsync().ConfigureAwait(false);
        await last.ConfigureAwait(false);
    }

    private async Task RunAsync(ExportPlace place, string[] ids, CancellationToken cancellationToken)
    {
        Reason? fault = null;
        try
        {
            await places.TidyAsync(place).ConfigureAwait(false);
            foreach (var batch in ids.Chunk(Batch))
            {
                var items = await library.FindAsync(Caller.System, batch, cancellationToken).ConfigureAwait(false);
                if (items.Count < batch.Length)
                {
                    Report(s => s with { Missing = s.Missing + batch.Length - items.Count });
                }

                foreach (var item in items)
                {
                    await CopyAsync(place, item, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // As it was asked for.
        }
        catch (ExportFailedException failed)
        {
            LogFailed(failed);
            fault = failed.Reason;
        }
#pragma warning disable CA1031 // The library's own disk and its index can fail in any way; people are told of it.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            fault = ExportFault.Failed(unexpected.Message);
        }
        finally
        {
            lock (gate)
            {
                state = state! with { IsRunning = false, Fault = fault };
            }

            Changed?.Invoke();
        }
    }

    private async Task CopyAsync(ExportPlace place, MediaItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!places.IsThere(place))
        {
            // Where it was mounted there is now a folder of the panel's own disk.
            throw new ExportFailedException(ExportFault.Gone(place.Name));
        }

        if (library.Open(Caller.System, item) is not { } file)
        {
            Report(s => s with { Missing = s.Missing + 1 });
            return;
        }

        await using (file.ConfigureAwait(false))
        {
            var before = State!.Bytes;
            var isCopied = await places.CopyAsync(place, item, file, copied => Report(s => s with { Bytes = before + copied }), cancellationToken).ConfigureAwait(false);
            Report(s => isCopied ? s with { Copied = s.Copied + 1 } : s with { Already = s.Already + 1 });
        }
    }

    private void Report(Func<ExportState, ExportState> change)
    {
        lock (gate)
        {
            state = change(state!);
            if (time.GetElapsedTime(reported) < ReportInterval)
            {
                return;
            }

            reported = time.GetTimestamp();
        }

        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Error, "An export ended before its end")]
    private partial void LogFailed(Exception exception);
}

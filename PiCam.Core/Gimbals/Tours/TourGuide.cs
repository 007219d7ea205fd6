using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Gimbals.Presets;

namespace PiCam.Core.Gimbals.Tours;

/// <summary>Leads the gimbal through a tour. One at a time; whoever aims by hand ends it.</summary>
public sealed partial class TourGuide(
    Gimbal gimbal, PresetBook presets, TourBook tours, TimeProvider time, ILogger<TourGuide> logger) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource ending = new();
    private Task run = Task.CompletedTask;
    private RunningTour? running;
    private bool stopped;

    /// <summary><see cref="Running"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Null: none is under way.</summary>
    public RunningTour? Running
    {
        get
        {
            lock (gate)
            {
                return running;
            }
        }
    }

    /// <summary>Begins a tour, instead of one that is under way.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="id">The tour's.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="TourMissingException">There is no such tour.</exception>
    public void Start(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Aim);
        if (!gimbal.Exists)
        {
            throw new GimbalMissingException();
        }

        var tour = tours.Find(id);
        lock (gate)
        {
            if (stopped)
            {
                return;
            }

            ending.Cancel();
            ending = new CancellationTokenSource();
            running = new RunningTour(tour, 0, caller.Name);

            // Its own session: the gimbal tells the tour's moves from those of the person who began it.
            run = RunAsync(caller with { Session = $"tour {Guid.NewGuid():n}" }, running, run, ending.Token);
        }

        Changed?.Invoke();
    }

    /// <summary>Ends the tour that is under way, and the move it makes. Without one nothing happens.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public void Stop(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Aim);
        if (Running is not null)
        {
            End();
            gimbal.Stop(caller);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the tour with the panel.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            stopped = true;
        }

        End();
        await run.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => ending.Dispose();

    private void End()
    {
        lock (gate)
        {
            ending.Cancel();
            running = null;
        }

        Changed?.Invoke();
    }

    private async Task RunAsync(Caller guide, RunningTour mine, Task before, CancellationToken cancellationToken)
    {
        // Off the caller's thread, and after the tour before this one has let go.
        await Task.Yield();
        await before.ConfigureAwait(false);
        try
        {
            do
            {
                for (var stop = 0; stop < mine.Tour.Stops.Count; stop++)
                {
                    mine = Report(mine, mine with { Stop = stop });
                    await VisitAsync(guide, mine.Tour.Stops[stop], cancellationToken).ConfigureAwait(false);
                }
            }
            while (mine.Tour.Repeats && mine.Tour.Stops.Any(s => presets.All.Any(p => p.Id == s.PresetId)));
        }
        catch (OperationCanceledException)
        {
            // Ended, or somebody took the gimbal.
        }
#pragma warning disable CA1031 // Whatever ends a tour that nobody waits for is logged; the gimbal shows its own faults.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroken(mine.Tour.Name, exception);
        }

        lock (gate)
        {
            running = running == mine ? null : running;
        }

        Changed?.Invoke();
    }

    private RunningTour Report(RunningTour from, RunningTour to)
    {
        lock (gate)
        {
            running = running == from ? to : running;
        }

        Changed?.Invoke();
        return to;
    }

    private async Task VisitAsync(Caller guide, TourStop stop, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (presets.All.All(p => p.Id != stop.PresetId))
        {
            return;
        }

        using var taken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rests = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await presets.GotoAsync(guide, stop.PresetId).ConfigureAwait(false);
            gimbal.Changed += Look;
            Look();
            await rests.Task.WaitAsync(taken.Token).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(stop.Dwell), time, taken.Token).ConfigureAwait(false);
        }
        finally
        {
            gimbal.Changed -= Look;
        }

        void Look()
        {
            if (!gimbal.IsLedBy(guide))
            {
                taken.Cancel();
            }
            else if (!gimbal.Status.Moving)
            {
                rests.TrySetResult();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The tour {Name} was broken off")]
    private partial void LogBroken(string name, Exception exception);
}

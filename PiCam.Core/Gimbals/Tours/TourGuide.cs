using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Tours;

/// <summary>Leads the gimbal through a tour. One at a time; whoever aims by hand ends it.</summary>
public sealed partial class TourGuide(
    Gimbal gimbal, PresetBook presets, TourBook tours, ICallerCheck callers, TimeProvider time, ILogger<TourGuide> logger) : IHostedService, IDisposable
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

    public Task StartAsync(CancellationToken cancellationToken)
    {
        tours.Changed += EndWhatIsGone;
        return Task.CompletedTask;
    }

    /// <summary>Ends the tour with the panel.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        tours.Changed -= EndWhatIsGone;
        lock (gate)
        {
            stopped = true;
        }

        End();
        await run.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => ending.Dispose();

    private void EndWhatIsGone()
    {
        if (Running is { } now && tours.All.All(t => t.Id != now.Tour.Id))
        {
            End();
        }
    }

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
            // The tour may be changed while it is under way.
            for (var stop = 0; await MayGoOnAsync(guide, cancellationToken).ConfigureAwait(false); stop++)
            {
                var tour = tours.Find(mine.Tour.Id);
                if (stop >= tour.Stops.Count)
                {
                    if (!tour.Repeats || !tour.Stops.Any(IsThere))
                    {
                        break;
                    }

                    stop = 0;
                }

                mine = Report(mine, mine with { Tour = tour, Stop = stop });
                if (IsThere(tour.Stops[stop]))
                {
                    await VisitAsync(guide, tour.Stops[stop], cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or TourMissingException)
        {
            // Ended, or somebody took the gimbal, or took the tour away.
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

    private bool IsThere(TourStop stop) => presets.All.Any(p => p.Id == stop.PresetId);

    /// <summary>Who began it may have been dismissed since.</summary>
    private async ValueTask<bool> MayGoOnAsync(Caller guide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await callers.IsCurrentAsync(guide, cancellationToken).ConfigureAwait(false);
    }

    private async Task VisitAsync(Caller guide, TourStop stop, CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rests = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await GotoAsync(guide, stop).ConfigureAwait(false);
            gimbal.Changed += Look;
            Look();
            await UnlessTakenAsync(rests.Task).ConfigureAwait(false);
            await UnlessTakenAsync(Task.Delay(TimeSpan.FromSeconds(Math.Max(stop.Dwell, TourStop.LeastDwell)), time, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            gimbal.Changed -= Look;
        }

        async Task UnlessTakenAsync(Task wait)
        {
            if (await Task.WhenAny(wait, taken.Task).WaitAsync(cancellationToken).ConfigureAwait(false) == taken.Task)
            {
                throw new OperationCanceledException();
            }

            await wait.ConfigureAwait(false);
        }

        // On the gimbal's loop: says what it sees, and nothing that could fail.
        void Look()
        {
            if (!gimbal.IsLedBy(guide))
            {
                taken.TrySetResult();
            }
            else if (!gimbal.Status.Moving)
            {
                rests.TrySetResult();
            }
        }
    }

    private async Task GotoAsync(Caller guide, TourStop stop)
    {
        try
        {
            await presets.GotoAsync(guide, stop.PresetId).ConfigureAwait(false);
        }
        catch (Exception look) when (look is SettingNotStoredException or CameraLostException or InvalidValueException)
        {
            // The gimbal turns all the same; only the preset's look did not come through.
            LogLook(stop.PresetId, look);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The look of the preset {Id} could not be set on a tour")]
    private partial void LogLook(string id, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The tour {Name} was broken off")]
    private partial void LogBroken(string name, Exception exception);
}

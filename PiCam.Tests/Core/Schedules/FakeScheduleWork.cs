using System.Collections.Concurrent;
using PiCam.Core;
using PiCam.Core.Schedules;

namespace PiCam.Tests.Core.Schedules;

/// <summary>Notes what it is told to do.</summary>
internal sealed class FakeScheduleWork(TimeProvider time) : IScheduleWork
{
    /// <summary>What was done, and when by the clock on the wall.</summary>
    public ConcurrentQueue<(string Id, DateTimeOffset At)> Done { get; } = [];

    /// <summary>What it does before it is done.</summary>
    public Func<ScheduleEntry, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public bool Offers(ScheduleTaskKind kind) => kind is not (ScheduleTaskKind.LampOn or ScheduleTaskKind.LampOff);

    public IReadOnlyList<(string Id, string Name)> Targets(ScheduleTaskKind kind) => kind switch
    {
        ScheduleTaskKind.TimeLapse => [("garden", "Garden")],
        ScheduleTaskKind.Look => [("night", "Night")],
        ScheduleTaskKind.Preset => [("door", "Door 门")],
        ScheduleTaskKind.Tour => [("round", "Round")],
        _ => [],
    };

    public IReadOnlyList<InvalidValue> Check(ScheduleTask task) => task.Check();

    public async Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        await Before(entry, cancellationToken);
        Done.Enqueue((entry.Id, time.GetLocalNow()));
    }
}

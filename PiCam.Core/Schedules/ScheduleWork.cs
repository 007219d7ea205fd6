using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Core.Lights;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Recordings;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;
using PiCam.Core.TimeLapses;

namespace PiCam.Core.Schedules;

/// <summary>Does what a schedule's entries say, as the panel itself.</summary>
internal sealed class ScheduleWork(
    StillCamera stills,
    SequenceCamera sequences,
    TimeLapseBook lapses,
    Recorder recorder,
    LookBook looks,
    PresetBook presets,
    TourBook tours,
    TourGuide guide,
    Gimbal gimbal,
    LightSwitches lights,
    TimeProvider time)
    : IScheduleWork
{
    // The slowest servo turns from end to end in less.
    private static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(30);

    public bool Offers(ScheduleTaskKind kind) => kind switch
    {
        ScheduleTaskKind.Preset or ScheduleTaskKind.Tour => gimbal.Exists,
        ScheduleTaskKind.LampOn or ScheduleTaskKind.LampOff => lights.Fitted.Contains(Light.Lamp),
        _ => true,
    };

    public IReadOnlyList<(string Id, string Name)> Targets(ScheduleTaskKind kind) => kind switch
    {
        ScheduleTaskKind.TimeLapse => [.. lapses.All.Select(lapse => (lapse.Id, lapse.Plan.Name))],
        ScheduleTaskKind.Look => [.. looks.All.Select(look => (look.Id, look.Name))],
        ScheduleTaskKind.Preset => [.. presets.All.Select(preset => (preset.Id, preset.Name))],
        ScheduleTaskKind.Tour => [.. tours.All.Select(tour => (tour.Id, tour.Name))],
        _ => [],
    };

    public IReadOnlyList<InvalidValue> Check(ScheduleTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return !Offers(task.Kind)
            ? [new("task", InvalidValue.Spell($"{task.Kind}"), Allowed.OneOf(string.Join(", ", Enum.GetValues<ScheduleTaskKind>().Where(Offers).Select(kind => InvalidValue.Spell($"{kind}")))))]
            : task.HasTarget && Targets(task.Kind).All(target => target.Id != task.Target)
                ? [new("target", $"\"{task.Target}\"", ScheduleFault.AnId)]
                : task.Check();
    }

    public async Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (task, target) = (entry.Task, entry.Task.Target ?? "");
        var still = stills.Settings with { SelfTimer = TimeSpan.Zero };
        switch (task.Kind)
        {
            case ScheduleTaskKind.Still:
                await stills.TakeAsync(Caller.System, still, name: null, cancellationToken).ConfigureAwait(false);
                break;
            case ScheduleTaskKind.Burst:
                var begun = sequences.Start(Caller.System, sequences.Settings.Burst with { Count = task.Count, Still = still });
                if (await sequences.WhenEndedAsync(begun.Id, cancellationToken).ConfigureAwait(false) is { Reason: { } reason })
                {
                    throw new ScheduleFailedException(reason);
                }

                break;
            case ScheduleTaskKind.TimeLapse:
                await lapses.BeginAsync(Caller.System, target).ConfigureAwait(false);
                break;
            case ScheduleTaskKind.Record:
                recorder.Start(Caller.System, $"schedule {entry.Id}", task.Duration);
                break;
            case ScheduleTaskKind.Look:
                await looks.ApplyAsync(Caller.System, target).ConfigureAwait(false);
                break;
            case ScheduleTaskKind.Preset:
                await presets.GotoAsync(Caller.System, target).ConfigureAwait(false);
                await ArriveAsync(cancellationToken).ConfigureAwait(false);
                break;
            case ScheduleTaskKind.Tour:
                guide.Start(Caller.System, target);
                break;
            default:
                await lights.SetAsync(Caller.System, Light.Lamp, task.Kind == ScheduleTaskKind.LampOn ? LightMode.On : LightMode.Off).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>What is due at the same time after it, a picture perhaps, is of what the preset shows.</summary>
    private async Task ArriveAsync(CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (!gimbal.Status.Moving)
            {
                arrived.TrySetResult();
            }
        }

        gimbal.Changed += Look;
        try
        {
            Look();
            await arrived.Task.WaitAsync(LongestMove, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Somebody steers it elsewhere.
        }
        finally
        {
            gimbal.Changed -= Look;
        }
    }
}

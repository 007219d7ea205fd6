using System.Globalization;
using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Settings;

namespace PiCam.Core.TimeLapses;

/// <summary>The time-lapses of this panel and how far they have come; kept across restarts. <see cref="TimeLapseRunner"/> takes the pictures of the one that runs.</summary>
public sealed class TimeLapseBook : IHostedService
{
    /// <summary>How many there can be.</summary>
    public const int Most = 100;

    private const string SettingKey = "timelapses";

    private readonly PlaceSetting place;
    private readonly CameraSession camera;
    private readonly LookLock look;
    private readonly TimeProvider time;
    private readonly StoredList<TimeLapse, TimeLapseList> lapses;

    public TimeLapseBook(PlaceSetting place, CameraSession camera, LookLock look, ISettingsStore store, TimeProvider time)
    {
        this.place = place;
        this.camera = camera;
        this.look = look;
        this.time = time;
        lapses = new(store, SettingKey, all => new TimeLapseList(all), stored => stored.TimeLapses);
    }

    /// <summary><see cref="All"/> changed: one came or went, or took a picture. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed
    {
        add => lapses.Changed += value;
        remove => lapses.Changed -= value;
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<TimeLapse> All => lapses.All;

    /// <summary>The one that runs; null: none does.</summary>
    public TimeLapse? Running => All.FirstOrDefault(lapse => lapse.Condition == TimeLapseCondition.Running);

    /// <summary>The time-lapse with this id.</summary>
    /// <exception cref="TimeLapseMissingException">There is none.</exception>
    public TimeLapse Find(string id) => Find(All, id);

    /// <summary>The name of the time-lapse whose pictures these are; null: they are another run's, or it was removed.</summary>
    /// <param name="sequence">The run's id.</param>
    public string? NameOf(string? sequence) => All.FirstOrDefault(lapse => lapse.Sequence == sequence)?.Plan.Name;

    /// <summary>When a time-lapse with this plan takes pictures.</summary>
    public TimeLapseSchedule Schedule(TimeLapsePlan plan) => new(plan, place.Value, time.LocalTimeZone);

    /// <summary>Makes a time-lapse and starts it.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="plan">What is wanted.</param>
    /// <param name="takeOver">Stops another one that is running.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The plan cannot be used, or there are too many.</exception>
    /// <exception cref="LookLockMissingException">The look of this camera cannot be locked.</exception>
    /// <exception cref="TimeLapseBusyException">Another one is running, and is not to be stopped.</exception>
    /// <exception cref="SettingNotStoredException">It runs, but a restart would forget it.</exception>
    public async Task<TimeLapse> CreateAsync(Caller caller, TimeLapsePlan plan, bool takeOver = false)
    {
        Demand(caller);
        ArgumentNullException.ThrowIfNull(plan);
        var made = new TimeLapse { Id = NewId(), Plan = Checked(plan), By = caller.Name, Sequence = NewId() };
        await lapses.ChangeAsync(all => Started(
            all.Count < Most ? [.. all, made] : throw new InvalidValueException(new InvalidValue("timelapses", $"{all.Count + 1}", Allowed.WholeRange("0", $"{Most}"))),
            made,
            takeOver)).ConfigureAwait(false);
        return Find(made.Id);
    }

    /// <summary>Starts a time-lapse: one that was stopped goes on, one that had come to its end begins a new sequence. Nothing if it runs.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">The time-lapse's.</param>
    /// <param name="takeOver">Stops another one that is running.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="TimeLapseMissingException">There is no such time-lapse.</exception>
    /// <exception cref="InvalidValueException">Its end has passed, or its hours cannot be told any more.</exception>
    /// <exception cref="LookLockMissingException">The look of this camera cannot be locked.</exception>
    /// <exception cref="TimeLapseBusyException">Another one is running, and is not to be stopped.</exception>
    /// <exception cref="SettingNotStoredException">It runs, but a restart would forget it.</exception>
    public async Task BeginAsync(Caller caller, string id, bool takeOver = false)
    {
        Demand(caller);
        Checked(Find(id).Plan);
        await lapses.ChangeAsync(all => Find(all, id) is var found && found.Condition == TimeLapseCondition.Running ? all : Started(all, found, takeOver))
            .ConfigureAwait(false);
    }

    /// <summary>Stops a time-lapse; a picture that is being taken is taken. Nothing if it does not run.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">The time-lapse's.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="TimeLapseMissingException">There is no such time-lapse.</exception>
    /// <exception cref="SettingNotStoredException">It is stopped, but a restart would start it again.</exception>
    public async Task EndAsync(Caller caller, string id)
    {
        Demand(caller);
        await lapses.ChangeAsync(all => Replaced(all, Stopped(Find(all, id)))).ConfigureAwait(false);
    }

    /// <summary>Removes a time-lapse, and stops it before; its pictures stay. <see cref="RestoreAsync"/> brings it back.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">The time-lapse's.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="TimeLapseMissingException">There is no such time-lapse.</exception>
    /// <exception cref="SettingNotStoredException">It is gone, but a restart would bring it back.</exception>
    public async Task<TimeLapse> RemoveAsync(Caller caller, string id)
    {
        Demand(caller);
        TimeLapse? removed = null;
        await lapses.ChangeAsync(all =>
        {
            removed = Find(all, id);
            return [.. all.Where(lapse => lapse.Id != id)];
        }).ConfigureAwait(false);
        return removed!;
    }

    /// <summary>Brings a removed time-lapse back, stopped if it ran; behind the others.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="removed">From <see cref="RemoveAsync"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SettingNotStoredException">It is back, but a restart would forget it.</exception>
    public async Task RestoreAsync(Caller caller, TimeLapse removed)
    {
        Demand(caller);
        ArgumentNullException.ThrowIfNull(removed);
        await lapses.ChangeAsync(all => [.. all.Where(lapse => lapse.Id != removed.Id), Stopped(removed) with { HoldsLook = false }]).ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => lapses.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes down how far a run has come, without writing it to disk; nothing if that run is over.</summary>
    internal void Report(TimeLapse run, Func<TimeLapse, TimeLapse> change) =>
        lapses.Set(all => [.. all.Select(lapse => lapse.Id == run.Id && lapse.Run == run.Run ? change(lapse) : lapse)]);

    /// <summary>Writes what was reported to disk.</summary>
    /// <exception cref="SettingNotStoredException">It could not be stored.</exception>
    internal Task WriteAsync() => lapses.WriteAsync();

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
    }

    private static string NewId() => Guid.NewGuid().ToString("n");

    private static TimeLapse Find(IReadOnlyList<TimeLapse> all, string id) => all.FirstOrDefault(lapse => lapse.Id == id) ?? throw new TimeLapseMissingException(id);

    private static IReadOnlyList<TimeLapse> Replaced(IReadOnlyList<TimeLapse> all, TimeLapse by) => [.. all.Select(lapse => lapse.Id == by.Id ? by : lapse)];

    private static TimeLapse Stopped(TimeLapse lapse) =>
        lapse.Condition == TimeLapseCondition.Running ? lapse with { Condition = TimeLapseCondition.Stopped, Next = null } : lapse;

    private IReadOnlyList<TimeLapse> Started(IReadOnlyList<TimeLapse> all, TimeLapse lapse, bool takeOver)
    {
        if (all.FirstOrDefault(other => other.Condition == TimeLapseCondition.Running) is { } running)
        {
            all = takeOver ? Replaced(all, Stopped(running)) : throw new TimeLapseBusyException(running.Plan.Name);
        }

        var fresh = lapse.Condition == TimeLapseCondition.Finished
            ? lapse with { Sequence = NewId(), Taken = 0, MissedCount = 0, Missed = [], PictureTime = null }
            : lapse;
        return Replaced(all, fresh with { Condition = TimeLapseCondition.Running, Run = lapse.Run + 1, StartedAt = time.GetLocalNow(), LastAt = null });
    }

    private TimeLapsePlan Checked(TimeLapsePlan plan)
    {
        var errors = plan.Check().ToList();
        var now = time.GetLocalNow();
        if (plan.Until <= now)
        {
            errors.Add(new("until", string.Create(CultureInfo.InvariantCulture, $"{plan.Until:yyyy-MM-ddTHH:mm:sszzz}"), TimeLapseFault.ATimeToCome));
        }
        else if (plan.Until > now.AddYears(TimeLapseEstimate.MostYears))
        {
            errors.Add(new(
                "until",
                string.Create(CultureInfo.InvariantCulture, $"{plan.Until:yyyy-MM-ddTHH:mm:sszzz}"),
                Allowed.Range(
                    string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}"),
                    string.Create(CultureInfo.InvariantCulture, $"{now.AddYears(TimeLapseEstimate.MostYears):yyyy-MM-dd}"))));
        }

        if (plan.ByDaylight && place.Value is null)
        {
            errors.Add(new("daylight", "true", TimeLapseFault.NoPlace));
        }
        else if (errors.Count == 0 && (plan.IsAligned ? Schedule(plan).NextAligned(now) : Schedule(plan).Opens(now)) is null)
        {
            errors.Add(new(plan.ByDaylight ? "daylight" : "window", plan.ByDaylight ? "true" : $"{plan.Window?.From:HH:mm}–{plan.Window?.To:HH:mm}", TimeLapseFault.HoursWithAPicture));
        }

        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }

        if (plan.Look == TimeLapseLook.Locked && camera.State.Capabilities is not null && !look.Exists)
        {
            throw new LookLockMissingException();
        }

        return plan with { Name = plan.Name.Trim() };
    }
}

using System.Globalization;
using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Settings;
using PiCam.Core.TimeLapses;

namespace PiCam.Core.Schedules;

/// <summary>What happens by itself at set times; kept across restarts. <see cref="ScheduleRunner"/> does it.</summary>
public sealed class ScheduleBook : IHostedService
{
    /// <summary>How many entries there can be.</summary>
    public const int Most = 100;

    private const string SettingKey = "schedule";

    private readonly IScheduleWork work;
    private readonly PlaceSetting place;
    private readonly TimeProvider time;
    private readonly IAuditTrail? audit;
    private readonly StoredList<ScheduleEntry, StoredSchedule> entries;

    public ScheduleBook(IScheduleWork work, PlaceSetting place, ISettingsStore store, TimeProvider time, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.work = work;
        this.place = place;
        this.time = time;
        entries = new(store, SettingKey, all => new StoredSchedule(all), stored => stored.Entries);
    }

    /// <summary><see cref="All"/> changed: an entry came, went, happened or was missed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed
    {
        add => entries.Changed += value;
        remove => entries.Changed -= value;
    }

    /// <summary>In the order in which they were made; of those that are due at once the first comes first.</summary>
    public IReadOnlyList<ScheduleEntry> All => entries.All;

    /// <summary>The entry with this id.</summary>
    /// <exception cref="ScheduleMissingException">There is none.</exception>
    public ScheduleEntry Find(string id) => Find(All, id);

    /// <summary>The moments of a timing, by this panel's place and clock.</summary>
    public ScheduleCalendar Calendar(ScheduleTiming timing) => new(timing, place.Value, time.LocalTimeZone);

    /// <summary>When an entry happens next, in the panel's zone; null: it is off, or not as far as one can look.</summary>
    public DateTimeOffset? Next(ScheduleEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.IsOn ? Calendar(entry.Timing).Next(After(entry, time.GetLocalNow())) : null;
    }

    /// <summary>What happens next, in its order.</summary>
    /// <param name="most">How much of it.</param>
    public IReadOnlyList<ScheduledRun> Next(int most)
    {
        var now = time.GetLocalNow();
        var next = new PriorityQueue<(ScheduleEntry Entry, ScheduleCalendar Calendar), (DateTimeOffset At, int Place)>();
        foreach (var (number, entry) in All.Index().Where(one => one.Item.IsOn))
        {
            Put(entry, Calendar(entry.Timing), After(entry, now), number);
        }

        var runs = new List<ScheduledRun>();
        while (runs.Count < most && next.TryDequeue(out var first, out var due))
        {
            runs.Add(new(due.At, first.Entry));
            Put(first.Entry, first.Calendar, due.At, due.Place);
        }

        return runs;

        void Put(ScheduleEntry entry, ScheduleCalendar calendar, DateTimeOffset after, int number)
        {
            if (calendar.Next(after) is { } at)
            {
                next.Enqueue((entry, calendar), (at, number));
            }
        }
    }

    /// <summary>What is wrong with an entry, here and now; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check(ScheduleTiming timing, ScheduleTask task)
    {
        ArgumentNullException.ThrowIfNull(timing);
        var errors = timing.Check().ToList();
        if (timing.Rhythm == ScheduleRhythm.Sun && place.Value is null)
        {
            errors.Add(new("sun", InvalidValue.Spell($"{timing.Sun}"), TimeLapseFault.NoPlace));
        }
        else if (errors.Count == 0 && Calendar(timing).Next(time.GetLocalNow()) is null)
        {
            errors.Add(timing.Rhythm == ScheduleRhythm.Cron
                ? new("cron", $"\"{timing.Cron}\"", ScheduleFault.ATimeThatComes)
                : new("sun", InvalidValue.Spell($"{timing.Sun}"), ScheduleFault.ATimeThatComes));
        }

        return [.. errors, .. work.Check(task)];
    }

    /// <summary>Adds an entry, behind the others.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditSchedule"/>.</param>
    /// <param name="timing">When.</param>
    /// <param name="task">What.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It cannot be used, or there are too many.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task<ScheduleEntry> AddAsync(Caller caller, ScheduleTiming timing, ScheduleTask task)
    {
        Demand(caller);
        Refuse(timing, task);
        var made = new ScheduleEntry { Id = Guid.NewGuid().ToString("n"), Timing = timing, Task = task, By = caller.Name, LookedAt = time.GetLocalNow() };
        await entries.ChangeAsync(all => all.Count < Most
            ? [.. all, made]
            : throw new InvalidValueException(new InvalidValue("schedule", string.Create(CultureInfo.InvariantCulture, $"{all.Count + 1}"), Allowed.WholeRange("0", $"{Most}"))))
            .ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "schedule");
        return made;
    }

    /// <summary>Changes when an entry happens, and what it does.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditSchedule"/>.</param>
    /// <param name="id">The entry's.</param>
    /// <param name="timing">When.</param>
    /// <param name="task">What.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="ScheduleMissingException">There is no such entry.</exception>
    /// <exception cref="InvalidValueException">It cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task<ScheduleEntry> SetAsync(Caller caller, string id, ScheduleTiming timing, ScheduleTask task)
    {
        Demand(caller);
        Find(id);
        Refuse(timing, task);
        var now = time.GetLocalNow();
        await entries.ChangeAsync(all => Replaced(all, Find(all, id) with { Timing = timing, Task = task, LookedAt = now })).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "schedule");
        return Find(id);
    }

    /// <summary>Lets an entry happen, or not. What was due while it was off is not missed.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditSchedule"/>.</param>
    /// <param name="id">The entry's.</param>
    /// <param name="isOn">Whether it happens.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="ScheduleMissingException">There is no such entry.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task<ScheduleEntry> SwitchAsync(Caller caller, string id, bool isOn)
    {
        Demand(caller);
        var now = time.GetLocalNow();
        await entries.ChangeAsync(all => Find(all, id) is var entry && entry.IsOn == isOn ? all : Replaced(all, entry with { IsOn = isOn, LookedAt = now })).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "schedule");
        return Find(id);
    }

    /// <summary>Removes an entry; what it has begun goes on. <see cref="RestoreAsync"/> brings it back.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditSchedule"/>.</param>
    /// <param name="id">The entry's.</param>
    /// <returns>What was removed, and where it stood.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="ScheduleMissingException">There is no such entry.</exception>
    /// <exception cref="SettingNotStoredException">It is gone, but a restart would bring it back.</exception>
    public async Task<(ScheduleEntry Entry, int Index)> RemoveAsync(Caller caller, string id)
    {
        Demand(caller);
        (ScheduleEntry, int) removed = default;
        await entries.ChangeAsync(all =>
        {
            removed = all.Index().Where(one => one.Item.Id == id).Select(one => (one.Item, one.Index)).FirstOrDefault();
            return removed.Item1 is null ? throw new ScheduleMissingException(id) : [.. all.Where(entry => entry.Id != id)];
        }).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "schedule");
        return removed;
    }

    /// <summary>Brings a removed entry back to where it stood. What was due meanwhile is not missed.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditSchedule"/>.</param>
    /// <param name="removed">From <see cref="RemoveAsync"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SettingNotStoredException">It is back, but a restart would forget it.</exception>
    public async Task RestoreAsync(Caller caller, (ScheduleEntry Entry, int Index) removed)
    {
        Demand(caller);
        var now = time.GetLocalNow();
        await entries.ChangeAsync(all =>
        {
            var others = all.Where(entry => entry.Id != removed.Entry.Id).ToList();
            others.Insert(Math.Min(removed.Index, others.Count), removed.Entry with { LookedAt = now });
            return others;
        }).ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => entries.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes down what became of an entry, without writing it to disk; nothing if it is gone.</summary>
    internal void Report(string id, Func<ScheduleEntry, ScheduleEntry> change) =>
        entries.Set(all => [.. all.Select(entry => entry.Id == id ? change(entry) : entry)]);

    /// <summary>Writes what was reported to disk.</summary>
    /// <exception cref="SettingNotStoredException">It could not be stored.</exception>
    internal Task WriteAsync() => entries.WriteAsync();

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.EditSchedule);
    }

    private static ScheduleEntry Find(IReadOnlyList<ScheduleEntry> all, string id) => all.FirstOrDefault(entry => entry.Id == id) ?? throw new ScheduleMissingException(id);

    private static IReadOnlyList<ScheduleEntry> Replaced(IReadOnlyList<ScheduleEntry> all, ScheduleEntry by) => [.. all.Select(entry => entry.Id == by.Id ? by : entry)];

    // What was looked at does not come again, though the clock was set back meanwhile.
    private static DateTimeOffset After(ScheduleEntry entry, DateTimeOffset now) => entry.LookedAt > now ? entry.LookedAt : now;

    private void Refuse(ScheduleTiming timing, ScheduleTask task)
    {
        if (Check(timing, task) is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }
    }
}

using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Schedules;

public sealed class ScheduleBookTests
{
    private const string Now = "2026-11-27T11:00:00+01:00";

    [Fact]
    public async Task Next_OfSeveral_AreInTheirOrderAndOfTheListWhereTheyMeet()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        var first = await rig.AddAsync(new TimeOnly(12, 0));
        var second = await rig.AddAsync(new ScheduleTiming { Rhythm = ScheduleRhythm.Every, EveryMinutes = 720 });
        var off = await rig.AddAsync(new TimeOnly(12, 0));
        await rig.Book.SwitchAsync(Callers.Operator, off.Id, false);

        Assert.Equal(
            [(first.Id, "27 12"), (second.Id, "27 12"), (second.Id, "28 00"), (first.Id, "28 12"), (second.Id, "28 12")],
            rig.Book.Next(5).Select(run => (run.Entry.Id, run.At.ToString("dd HH", null))));
    }

    public static TheoryData<string, ScheduleTiming, ScheduleTask> Unusable => new()
    {
        { "times", new() { Times = [] }, new() },
        { "times", new() { Times = [.. Enumerable.Range(0, 25).Select(minute => new TimeOnly(0, minute))] }, new() },
        { "everyMinutes", new() { Rhythm = ScheduleRhythm.Every, EveryMinutes = 0 }, new() },
        { "everyMinutes", new() { Rhythm = ScheduleRhythm.Every, EveryMinutes = 1441 }, new() },
        { "offsetMinutes", new() { Rhythm = ScheduleRhythm.Sun, OffsetMinutes = -721 }, new() },
        { "sun", new() { Rhythm = ScheduleRhythm.Sun }, new() },
        { "cron", new() { Rhythm = ScheduleRhythm.Cron, Cron = "0 7 * *" }, new() },
        { "cron", new() { Rhythm = ScheduleRhythm.Cron, Cron = "@every_second" }, new() },
        { "cron", new() { Rhythm = ScheduleRhythm.Cron, Cron = "0 0 30 2 *" }, new() },
        { "cron", new() { Rhythm = ScheduleRhythm.Cron, Cron = new string('*', 101) }, new() },
        { "weekdays", new() { Times = [new(7, 0)], Weekdays = [(DayOfWeek)9] }, new() },
        { "count", new() { Times = [new(7, 0)] }, new() { Kind = ScheduleTaskKind.Burst, Count = 0 } },
        { "duration", new() { Times = [new(7, 0)] }, new() { Kind = ScheduleTaskKind.Record, Duration = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Add_Unusable_IsRefusedByFieldAndNothingIsLost(string field, ScheduleTiming timing, ScheduleTask task)
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        var there = await rig.AddAsync(new TimeOnly(12, 0));

        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => rig.Book.AddAsync(Callers.Operator, timing, task));

        Assert.Contains(refused.Errors, error => error.Field == field);
        await Assert.ThrowsAsync<InvalidValueException>(() => rig.Book.SetAsync(Callers.Operator, there.Id, timing, task));
        Assert.Equal([new TimeOnly(12, 0)], Assert.Single(rig.Book.All).Timing.Times);
    }

    [Fact]
    public async Task Sun_WhereThePlaceIsKnown_IsUsable()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        await rig.Place.SetAsync(Callers.Operator, new Place(52.52, 13.4));

        var entry = await rig.AddAsync(new ScheduleTiming { Rhythm = ScheduleRhythm.Sun, Sun = SunEvent.Sunset, OffsetMinutes = -30 });

        Assert.Equal("15:29", Assert.Single(rig.Book.Next(1)).At.ToString("HH:mm", null));
        Assert.Equal(entry.Id, Assert.Single(rig.Book.All).Id);
    }

    [Fact]
    public async Task Entries_OutlastARestart_WithAllThatIsInThem()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        var made = await rig.Book.AddAsync(
            Callers.Operator,
            new() { Times = [new(7, 0), new(19, 30)], Weekdays = [DayOfWeek.Monday, DayOfWeek.Sunday] },
            new() { Kind = ScheduleTaskKind.Record, Duration = TimeSpan.FromMinutes(2) });

        await rig.RestartAsync("2026-11-27T11:10:00+01:00");

        var entry = Assert.Single(rig.Book.All);
        Assert.Equal(made.Timing.Times, entry.Timing.Times);
        Assert.Equal(made.Timing.Weekdays, entry.Timing.Weekdays);
        Assert.Equal((made.Id, made.Task, made.By, true), (entry.Id, entry.Task, entry.By, entry.IsOn));
    }

    [Fact]
    public async Task Remove_AndRestore_BringsItBackToItsPlace()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        var ids = new List<string>();
        for (var hour = 12; hour < 15; hour++)
        {
            ids.Add((await rig.AddAsync(new TimeOnly(hour, 0))).Id);
        }

        var removed = await rig.Book.RemoveAsync(Callers.Operator, ids[1]);
        Assert.Throws<ScheduleMissingException>(() => rig.Book.Find(ids[1]));
        await rig.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(0.5));
        await rig.Book.RestoreAsync(Callers.Operator, removed);
        await rig.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(ids, rig.Book.All.Select(entry => entry.Id));
        Assert.Equal(0, rig.Book.Find(ids[1]).MissedCount);
        await Assert.ThrowsAsync<ScheduleMissingException>(() => rig.Book.RemoveAsync(Callers.Operator, "nobody"));
    }

    [Fact]
    public async Task Viewer_ChangesNothing()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        var entry = await rig.AddAsync(new TimeOnly(12, 0));

        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.AddAsync(Callers.Viewer, entry.Timing, entry.Task));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.SetAsync(Callers.Viewer, entry.Id, entry.Timing, entry.Task));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.SwitchAsync(Callers.Viewer, entry.Id, false));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.RemoveAsync(Callers.Viewer, entry.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.RestoreAsync(Callers.Viewer, (entry, 0)));
        Assert.True(Assert.Single(rig.Book.All).IsOn);
    }

    [Fact]
    public async Task Add_TooMany_IsRefused()
    {
        await using var rig = await ScheduleRig.StartAsync(Now);
        for (var i = 0; i < ScheduleBook.Most; i++)
        {
            await rig.AddAsync(new TimeOnly(12, 0));
        }

        Assert.Equal("schedule", (await Assert.ThrowsAsync<InvalidValueException>(() => rig.AddAsync(new TimeOnly(12, 0)))).Errors.Single().Field);
    }
}

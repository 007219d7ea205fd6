using PiCam.Core.Cameras;
using PiCam.Core.Schedules;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Schedules;

public sealed class ScheduleRunnerTests
{
    [Theory]
    [InlineData("spring", "2026-03-28T22:00:00+01:00", "2026-03-29T01:00:00Z")]
    [InlineData("autumn", "2026-10-24T22:00:00+02:00", "2026-10-25T00:30:00Z")]
    public async Task R16_SummerTimeBothWays_AJobAtHalfPastTwoRunsExactlyOnce(string when, string now, string expected)
    {
        await using var rig = await ScheduleRig.StartAsync(now);
        var entry = await rig.AddAsync(new TimeOnly(2, 30));

        await rig.PassAsync(TimeSpan.FromHours(7), TimeSpan.FromMinutes(1));

        var (_, at) = Assert.Single(rig.Work.Done);
        Assert.Equal((when, DateTimeOffset.Parse(expected, null)), (when, at));
        Assert.Equal(0, rig.Find(entry).MissedCount);
        Assert.Equal(at, rig.Find(entry).LastAt);
    }

    [Fact]
    public async Task Due_Seconds_AreMetExactly()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:33+01:00");
        await rig.AddAsync(new TimeOnly(12, 0), new TimeOnly(12, 0, 10));

        await rig.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));

        Assert.Equal(["12:00:00", "12:00:10"], rig.Work.Done.Select(done => done.At.ToString("HH:mm:ss", null)));
    }

    [Fact]
    public async Task Due_BetweenALookAndTheWaitAfterIt_IsNotSleptThrough()
    {
        var due = DateTimeOffset.Parse("2026-11-27T12:00:00+01:00", null);
        for (var offset = 0; offset < 120; offset += 10)
        {
            await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:58+01:00");
            var other = await rig.AddAsync(new TimeOnly(23, 0));
            var entry = await rig.AddAsync(new TimeOnly(12, 0));
            await rig.WaitsAsync();
            rig.Clock.SetWall(due - TimeSpan.FromMilliseconds(200 + offset));

            // Every change makes it look; each look takes a while, and one of them begins just before.
            rig.Clock.PerRead = TimeSpan.FromMilliseconds(13);
            for (var isOn = false; rig.Clock.GetUtcNow() < due; isOn = !isOn)
            {
                await rig.Book.SwitchAsync(Callers.Operator, other.Id, isOn);
                await rig.WaitsAsync();
            }

            rig.Clock.PerRead = TimeSpan.Zero;
            await rig.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100));

            var done = rig.Find(entry);
            Assert.True(due == done.LastAt, $"{offset}: {done}, missed: {string.Join(", ", done.Missed)}; now {rig.Clock.GetUtcNow():O}");
        }
    }

    [Fact]
    public async Task Due_AtTheSameTime_IsDoneOneAfterTheOtherInTheOrderOfTheList()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:00+01:00");
        var preset = await rig.AddAsync(new TimeOnly(12, 0));
        var photo = await rig.AddAsync(new TimeOnly(12, 0));
        var arrived = new TaskCompletionSource();
        rig.Work.Before = (entry, token) => entry.Id == preset.Id ? arrived.Task.WaitAsync(token) : Task.CompletedTask;

        await rig.WaitsAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => rig.Find(photo).LookedAt > photo.LookedAt, "both are due", TestContext.Current.CancellationToken);
        Assert.Empty(rig.Work.Done);
        arrived.SetResult();
        await rig.WaitsAsync();

        Assert.Equal([preset.Id, photo.Id], rig.Work.Done.Select(done => done.Id));
    }

    [Fact]
    public async Task Due_AfterOneThatTakesLong_IsTooLate_AndWhatWasDeletedMeanwhileIsNotDone()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:00+01:00");
        var slow = await rig.AddAsync(new TimeOnly(12, 0));
        var late = await rig.AddAsync(new TimeOnly(12, 0));
        var gone = await rig.AddAsync(new TimeOnly(12, 0));
        var ends = new TaskCompletionSource();
        rig.Work.Before = (entry, token) => entry.Id == slow.Id ? ends.Task.WaitAsync(token) : Task.CompletedTask;
        await rig.WaitsAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => rig.Find(gone).LookedAt > gone.LookedAt, "all are due", TestContext.Current.CancellationToken);

        await rig.Book.RemoveAsync(Callers.Operator, gone.Id);
        rig.Clock.Advance(TimeSpan.FromSeconds(61));
        ends.SetResult();
        await rig.WaitsAsync();

        Assert.Equal([slow.Id], rig.Work.Done.Select(done => done.Id));
        Assert.Equal(ScheduleFault.TooLate, Assert.Single(rig.Find(late).Missed).Why);
    }

    [Fact]
    public async Task PoweredOff_MissesWhatWasDueAndSaysSo()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:00:00+01:00");
        var entry = await rig.AddAsync(new ScheduleTiming { Rhythm = ScheduleRhythm.Every, EveryMinutes = 60 });

        await rig.RestartAsync("2026-11-27T15:30:00+01:00");

        var missed = Assert.Single(rig.Find(entry).Missed);
        Assert.Equal((TimeLapseFault.PoweredOff, 4), (missed.Why, missed.Count));
        Assert.Equal((12, 15), (missed.From.Hour, missed.To.Hour));
        Assert.Empty(rig.Work.Done);
    }

    [Fact]
    public async Task PowerComesBack_WithinAMinute_DoesWhatIsDueAndOnlyOnce()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:00:00+01:00");
        var entry = await rig.AddAsync(new TimeOnly(12, 0));

        await rig.RestartAsync("2026-11-27T12:00:20+01:00");
        await rig.RestartAsync("2026-11-27T12:00:40+01:00");

        Assert.Single(rig.Work.Done);
        Assert.Equal(0, rig.Find(entry).MissedCount);
    }

    [Fact]
    public async Task R15_BootIn1970_DoesNothingUntilTheClockIsFound()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:00:00+01:00");
        var entry = await rig.AddAsync(new ScheduleTiming { Rhythm = ScheduleRhythm.Every, EveryMinutes = 1 });

        await rig.RestartAsync("1970-01-01T00:00:00Z");
        await rig.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(rig.Work.Done);
        await rig.SetWallAsync("2026-11-27T11:30:30+01:00");

        var missed = Assert.Single(rig.Find(entry).Missed);
        Assert.Equal((TimeLapseFault.PoweredOff, 29), (missed.Why, missed.Count));
        Assert.Equal("11:30", Assert.Single(rig.Work.Done).At.ToString("HH:mm", null));
    }

    [Fact]
    public async Task R14_ClockAYearAheadAndBack_MissesThatYearAndGoesOn()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:00:00+01:00");
        var entry = await rig.AddAsync(new TimeOnly(12, 0));
        await rig.PassAsync(TimeSpan.FromMinutes(15));

        await rig.SetWallAsync("2027-11-27T11:00:00+01:00");
        var missed = Assert.Single(rig.Find(entry).Missed);
        Assert.Equal((ScheduleFault.ClockSet, 365), (missed.Why, missed.Count));
        await rig.SetWallAsync("2026-11-27T11:30:00+01:00");
        await rig.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal("2026-11-27 12:00", Assert.Single(rig.Work.Done).At.ToString("yyyy-MM-dd HH:mm", null));
        Assert.Equal(365, rig.Find(entry).MissedCount);
    }

    [Fact]
    public async Task R14_ClockAnHourBack_DoesNothingTwice()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:50:00+01:00");
        await rig.AddAsync(new TimeOnly(12, 0), new TimeOnly(13, 0));
        await rig.PassAsync(TimeSpan.FromMinutes(20));

        await rig.SetWallAsync("2026-11-27T11:10:00+01:00");
        await rig.PassAsync(TimeSpan.FromMinutes(115), TimeSpan.FromMinutes(0.5));

        Assert.Equal([12, 13], rig.Work.Done.Select(done => done.At.Hour));
    }

    [Fact]
    public async Task SleepingMachine_MissesWhatIsTooLate()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:00:00+01:00");
        var entry = await rig.AddAsync(new TimeOnly(12, 0));
        await rig.WaitsAsync();

        rig.Clock.Advance(TimeSpan.FromHours(2));
        await rig.WaitsAsync();

        Assert.Equal((ScheduleFault.TooLate, 1), Assert.Single(rig.Find(entry).Missed) is var missed ? (missed.Why, missed.Count) : default);
        Assert.Empty(rig.Work.Done);
    }

    [Fact]
    public async Task Failing_SaysWhyAndGoesOn()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:00+01:00");
        var entry = await rig.AddAsync(new TimeOnly(12, 0), new TimeOnly(12, 1), new TimeOnly(12, 2));
        rig.Work.Before = (_, _) => rig.Clock.GetLocalNow().Minute switch
        {
            0 => throw new CameraLostException("unplugged"),
            1 => throw new InvalidOperationException("unforeseen"),
            _ => Task.CompletedTask,
        };

        await rig.PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(["unplugged", "It failed: unforeseen"], rig.Find(entry).Missed.Select(missed => missed.Why.English));
        Assert.Equal(2, Assert.Single(rig.Work.Done).At.Minute);
    }

    [Fact]
    public async Task Due_WhileTheTimeBeforeIsUnderWay_IsMissed()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:00+01:00");
        var entry = await rig.AddAsync(new TimeOnly(12, 0), new TimeOnly(12, 1));
        var ends = new TaskCompletionSource();
        rig.Work.Before = (_, token) => ends.Task.WaitAsync(token);

        await rig.WaitsAsync();
        for (var i = 0; i < 15 && rig.Find(entry).MissedCount == 0; i++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(rig.Clock.IsWaitedFor, "the runner waits", TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => rig.Find(entry).MissedCount == 1, "one is missed", TestContext.Current.CancellationToken);
        Assert.Equal(ScheduleFault.UnderWay, Assert.Single(rig.Find(entry).Missed).Why);
        ends.SetResult();
        await rig.WaitsAsync();
        Assert.Single(rig.Work.Done);
    }

    [Fact]
    public async Task Off_IsNeitherDoneNorMissed()
    {
        await using var rig = await ScheduleRig.StartAsync("2026-11-27T11:59:00+01:00");
        var entry = await rig.AddAsync(new ScheduleTiming { Rhythm = ScheduleRhythm.Every, EveryMinutes = 1 });
        await rig.Book.SwitchAsync(Callers.Operator, entry.Id, false);

        await rig.PassAsync(TimeSpan.FromMinutes(5));
        await rig.Book.SwitchAsync(Callers.Operator, entry.Id, true);
        await rig.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((2, 0), (rig.Work.Done.Count, rig.Find(entry).MissedCount));
    }
}

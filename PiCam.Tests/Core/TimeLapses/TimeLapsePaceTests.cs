using PiCam.Core.TimeLapses;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

/// <summary>Two clocks: seconds on the one that nobody sets, and the one on the wall.</summary>
public sealed class TimeLapsePaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 3, TimeSpan.Zero);

    private static readonly TimeLapsePlan Plan = new() { Name = "yard", Interval = TimeSpan.FromSeconds(10) };

    [Fact]
    public void Next_FirstAndThose_AfterIt_KeepTheIntervalHoweverLongAPictureTakes()
    {
        var pace = Pace(Plan);

        Assert.Equal(100, Due(pace, 100));
        Assert.Equal(0, pace.Passed(Seconds(103)));
        Assert.Equal(110, Due(pace, 103));
        Assert.Equal(110, Due(pace, 110.02));
        Assert.Equal(0, pace.Passed(Seconds(119)));
        Assert.Equal(120, Due(pace, 119));
    }

    [Fact]
    public void Passed_PictureLongerThanTheInterval_LeavesOutWhatIsTooLateAndQueuesNothing()
    {
        var pace = Pace(Plan);
        Due(pace, 100);

        Assert.Equal(2, pace.Passed(Seconds(135)));

        // The one of 130 is late by less than an interval.
        Assert.Equal(130, Due(pace, 135));
        Assert.Equal(0, pace.Passed(Seconds(137)));
        Assert.Equal(140, Due(pace, 137));
    }

    // R14
    [Theory]
    [InlineData(365 * 86_400)]
    [InlineData(-3_600)]
    public void Next_ClockIsSet_IntervalHolds(double jump)
    {
        var pace = Pace(Plan);
        Due(pace, 100);
        pace.Passed(Seconds(101));
        Due(pace, 101);

        Assert.Equal(110, Due(pace, 105, jump));
        Assert.Equal(110, Due(pace, 110, jump));
        Assert.Equal(0, pace.Passed(Seconds(111)));
        Assert.Equal(120, Due(pace, 111, jump));
    }

    [Fact]
    public void Next_AlignedAndTheClockIsSet_GoesByTheNewTime()
    {
        var pace = Pace(Plan with { IsAligned = true });

        // 12:00:03 on the wall at 100.
        Assert.Equal(107, Due(pace, 100));
        Assert.Equal(0, pace.Passed(Seconds(108)));
        Assert.Equal(117, Due(pace, 108));
        Assert.Equal(112, Due(pace, 109, 3_605));
        Assert.Equal(1, pace.Passed(Seconds(123)));
        Assert.Equal(132, Due(pace, 123, 3_605));
    }

    [Fact]
    public void Next_AlignedOnASlowWallClock_DoesNotTakeOneMultipleTwice()
    {
        var pace = Pace(Plan with { IsAligned = true });
        Assert.Equal(107, Due(pace, 100));
        pace.Passed(Seconds(107.1));

        // By the wall it is 12:00:09.99 still.
        Assert.Equal(117.11, Due(pace, 107.1, -0.11), 0.001);
    }

    [Fact]
    public void Next_OutsideTheHours_WaitsForThemAndStartsAtOnceThen()
    {
        var pace = Pace(Plan with { Window = new DailyWindow(new TimeOnly(12, 0, 33), new TimeOnly(12, 0, 48)) });

        Assert.Equal(130, Due(pace, 100));
        pace.Passed(Seconds(130));
        Assert.Equal(140, Due(pace, 130));
        pace.Passed(Seconds(140));
        Assert.Equal(86_530, Due(pace, 140));

        // Somebody sets the clock: by the new time it opens in 20 s.
        Assert.Equal(170, Due(pace, 150, -40));
    }

    [Fact]
    public void Next_ClockIsSetToATimeOfRest_TakesNone()
    {
        var pace = Pace(Plan with { Window = new DailyWindow(new TimeOnly(12, 0), new TimeOnly(13, 0)) });
        Due(pace, 100);
        pace.Passed(Seconds(100));

        Assert.Equal(110, Due(pace, 101));
        Assert.True(Due(pace, 110, 7_200) > 110 + 70_000);
    }

    [Fact]
    public void Next_AfterAnEarlierRun_GoesOnInItsGrid()
    {
        var pace = new TimeLapsePace(new TimeLapseSchedule(Plan, null, TimeZoneInfo.Utc), Plan.Interval, false, Seconds(96));

        Assert.Equal(106, Due(pace, 100));
    }

    private static TimeLapsePace Pace(TimeLapsePlan plan) => new(new TimeLapseSchedule(plan, null, TimeZoneInfo.Utc), plan.Interval, plan.IsAligned, null);

    private static double Due(TimeLapsePace pace, double now, double jump = 0) =>
        pace.Next(Seconds(now), Start.AddSeconds(now - 100 + jump))!.Due.TotalSeconds;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

using CsCheck;
using PiCam.Core.Clocks;
using PiCam.Core.TimeLapses;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

public sealed class TimeLapseScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly double[] DividingAnHour = [0.5, 1, 5, 15, 30, 60, 300, 900, 1800, 3600];

    private static readonly TimeLapsePlan Plan = new() { Name = "yard", Interval = TimeSpan.FromMinutes(15) };

    // Summer time begins on 2026-03-29 at 01:00 UTC and ends on 2026-10-25 at 01:00 UTC.
    [Theory]
    [InlineData("an ordinary day", 900, "2026-11-23T10:07:12+01:00", "2026-11-23T10:15:00+01:00")]
    [InlineData("not the multiple that it is", 900, "2026-11-23T10:15:00+01:00", "2026-11-23T10:30:00+01:00")]
    [InlineData("half seconds", 0.5, "2026-11-23T10:07:12.3+01:00", "2026-11-23T10:07:12.5+01:00")]
    [InlineData("days begin anew", 25_200, "2026-11-23T21:30:00+01:00", "2026-11-24T00:00:00+01:00")]
    [InlineData("midnight", 86_400, "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00")]
    [InlineData("forward: 02:00 is 03:00", 900, "2026-03-29T01:45:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("forward: even hours stay even", 7_200, "2026-03-29T00:00:00+01:00", "2026-03-29T04:00:00+02:00")]
    [InlineData("back: the second 02:00", 900, "2026-10-25T02:45:00+02:00", "2026-10-25T02:00:00+01:00")]
    [InlineData("back: the second 02:15", 900, "2026-10-25T02:00:00+01:00", "2026-10-25T02:15:00+01:00")]
    [InlineData("back: a day of 25 hours", 86_400, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00")]
    public void NextAligned_IsTheNextMultipleThatTheClockShows(string what, double interval, string after, string expected) => Assert.Equal(
        (what, DateTimeOffset.Parse(expected, null)),
        (what, Schedule(Plan with { Interval = TimeSpan.FromSeconds(interval) }).NextAligned(DateTimeOffset.Parse(after, null))!.Value));

    [Theory]
    [InlineData("08:00", "18:00", "2026-11-23T07:59:59+01:00", "2026-11-23T08:00:00+01:00")]
    [InlineData("08:00", "18:00", "2026-11-23T08:00:00+01:00", "2026-11-23T08:00:00+01:00")]
    [InlineData("08:00", "18:00", "2026-11-23T17:59:59+01:00", "2026-11-23T17:59:59+01:00")]
    [InlineData("08:00", "18:00", "2026-11-23T18:00:00+01:00", "2026-11-24T08:00:00+01:00")]
    [InlineData("22:00", "06:00", "2026-11-23T03:00:00+01:00", "2026-11-23T03:00:00+01:00")]
    [InlineData("22:00", "06:00", "2026-11-23T12:00:00+01:00", "2026-11-23T22:00:00+01:00")]
    [InlineData("22:00", "06:00", "2026-11-23T23:30:00+01:00", "2026-11-23T23:30:00+01:00")]
    [InlineData("10:00", "10:00", "2026-11-23T03:00:00+01:00", "2026-11-23T03:00:00+01:00")]
    [InlineData("02:30", "05:00", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("02:10", "02:40", "2026-03-29T01:00:00+01:00", "2026-03-30T02:10:00+02:00")]
    [InlineData("02:10", "02:40", "2026-10-25T01:00:00+02:00", "2026-10-25T02:10:00+02:00")]
    [InlineData("02:10", "02:40", "2026-10-25T02:20:00+01:00", "2026-10-26T02:10:00+01:00")]
    public void Opens_InAWindow_IsNowOrWhenItBegins(string from, string to, string at, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, null),
        Schedule(Plan with { Window = Window(from, to) }).Opens(DateTimeOffset.Parse(at, null))!.Value);

    [Fact]
    public void NextAligned_WindowWithoutAMultiple_IsNever()
    {
        var daily = Plan with { Interval = TimeSpan.FromHours(24), Window = Window("08:00", "10:00") };

        Assert.Null(Schedule(daily).NextAligned(Parse("2026-11-23T07:00:00+01:00")));
        Assert.Equal(Parse("2026-11-23T09:00:00+01:00"), Schedule(daily with { Interval = TimeSpan.FromHours(9) }).NextAligned(Parse("2026-11-23T07:00:00+01:00")));
    }

    [Fact]
    public void Opens_ByDaylight_IsBetweenSunriseAndSunset()
    {
        var schedule = new TimeLapseSchedule(Plan with { ByDaylight = true }, new Place(52.52, 13.4), Berlin);
        var sun = SunTimes.On(new DateOnly(2026, 11, 23), new Place(52.52, 13.4));

        Assert.Equal(sun.Rise, schedule.Opens(Parse("2026-11-23T01:00:00+01:00")));
        Assert.Equal(Parse("2026-11-23T12:00:00+01:00"), schedule.Opens(Parse("2026-11-23T12:00:00+01:00")));
        Assert.Equal(new DateOnly(2026, 11, 24), DateOnly.FromDateTime(schedule.Opens(Parse("2026-11-23T17:00:00+01:00"))!.Value.UtcDateTime));
    }

    [Fact]
    public void Opens_ByDaylightInThePolarNight_IsTheFirstSunrise()
    {
        var opens = new TimeLapseSchedule(Plan with { ByDaylight = true }, new Place(69.65, 18.96), Berlin).Opens(Parse("2026-12-10T12:00:00+01:00"))!.Value;

        Assert.InRange(opens, Parse("2027-01-10T00:00:00+01:00"), Parse("2027-01-20T00:00:00+01:00"));
        Assert.Null(new TimeLapseSchedule(Plan with { ByDaylight = true }, null, Berlin).Opens(opens));
    }

    [Theory]
    [InlineData("2026-11-23T10:00:00+01:00", "2026-11-23T11:00:00+01:00", 4)]
    [InlineData("2026-11-23T17:30:00+01:00", "2026-11-23T20:00:00+01:00", 1)]
    [InlineData("2026-11-23T17:30:00+01:00", "2026-11-24T08:20:00+01:00", 3)]
    [InlineData("2026-11-23T20:00:00+01:00", "2026-11-25T20:00:00+01:00", 80)]
    public void CountDue_OverTheHours_CountsWhatWouldHaveBeenTaken(string from, string to, int expected) => Assert.Equal(
        expected, Schedule(Plan with { Window = Window("08:00", "18:00") }).CountDue(Parse(from), Parse(to)));

    [Fact]
    public void NextAligned_AnyMomentAndInterval_IsLaterAndAMultipleAndNoneLiesBetween() =>
        (from second in Gen.Int[0, 366 * 86_400]
         from one in Gen.Int[0, DividingAnHour.Length - 1]
         select (second, interval: DividingAnHour[one])).Sample(given =>
        {
            var schedule = Schedule(Plan with { Interval = TimeSpan.FromSeconds(given.interval) });
            var after = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(given.second);

            var next = schedule.NextAligned(after)!.Value;

            // The clock is put forward and back by whole hours here, so every interval holds that divides an hour.
            Assert.InRange(next - after, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(given.interval));
            Assert.Equal(0, TimeZoneInfo.ConvertTime(next, Berlin).TimeOfDay.TotalSeconds % given.interval);
            Assert.Equal(next, schedule.NextAligned(next.AddTicks(-1)));
        });

    private static TimeLapseSchedule Schedule(TimeLapsePlan plan) => new(plan, null, Berlin);

    private static DailyWindow Window(string from, string to) => new(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, null);
}

using System.Globalization;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;
using Xunit;

namespace PiCam.Tests.Core.Schedules;

/// <summary>In Berlin, where the clock leaps from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October.</summary>
public sealed class ScheduleCalendarTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly Place Place = new(52.52, 13.4);

    [Theory]
    [InlineData("in spring, 02:30 comes with the leap", "2026-03-28T12:00+01:00", "2026-03-29T03:00+02:00 2026-03-30T02:30+02:00")]
    [InlineData("in autumn, the first 02:30 counts", "2026-10-24T12:00+02:00", "2026-10-25T02:30+02:00 2026-10-26T02:30+01:00")]
    [InlineData("between the two 02:30 of autumn", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00")]
    public void Times_AcrossASummerTimeChange_ComeOnceADay(string what, string after, string expected) =>
        Assert.Equal((what, expected), (what, Next(new() { Times = [new(2, 30)] }, after, expected)));

    [Theory]
    [InlineData("in spring the hour between is short", 60, "2026-03-29T00:30+01:00", "2026-03-29T01:00+01:00 2026-03-29T03:00+02:00 2026-03-29T04:00+02:00")]
    [InlineData("in autumn it comes twice", 60, "2026-10-25T01:30+02:00", "2026-10-25T02:00+02:00 2026-10-25T02:00+01:00 2026-10-25T03:00+01:00")]
    [InlineData("each day begins anew", 50, "2026-11-23T22:40+01:00", "2026-11-23T23:20+01:00 2026-11-24T00:00+01:00 2026-11-24T00:50+01:00")]
    [InlineData("once a day", 1440, "2026-11-23T22:40+01:00", "2026-11-24T00:00+01:00 2026-11-25T00:00+01:00")]
    public void Every_IsAMultipleOfTheWallsClock(string what, int minutes, string after, string expected) =>
        Assert.Equal((what, expected), (what, Next(new() { Rhythm = ScheduleRhythm.Every, EveryMinutes = minutes }, after, expected)));

    [Fact]
    public void Weekdays_LimitEveryRhythm()
    {
        // 2026-11-27 is a Friday.
        const string After = "2026-11-27T23:50+01:00";
        var days = new[] { DayOfWeek.Sunday };

        Assert.Equal("2026-11-29T07:00+01:00 2026-12-06T07:00+01:00", Next(new() { Times = [new(7, 0)], Weekdays = days }, After, "x x"));
        Assert.Equal("2026-11-29T00:00+01:00 2026-11-29T12:00+01:00 2026-12-06T00:00+01:00", Next(new() { Rhythm = ScheduleRhythm.Every, EveryMinutes = 720, Weekdays = days }, After, "x x x"));
        Assert.Equal("2026-11-29T15:57+01:00 2026-12-06T15:53+01:00", Next(new() { Rhythm = ScheduleRhythm.Sun, Sun = SunEvent.Sunset, Weekdays = days }, After, "x x"));
    }

    [Theory]
    [InlineData(SunEvent.Sunset, 0, "2026-11-27T12:00+01:00", "2026-11-27T15:59+01:00 2026-11-28T15:58+01:00")]
    [InlineData(SunEvent.Sunset, 720, "2026-11-27T12:00+01:00", "2026-11-28T03:59+01:00 2026-11-29T03:58+01:00")]
    [InlineData(SunEvent.Sunrise, -60, "2026-11-27T12:00+01:00", "2026-11-28T06:49+01:00")]
    [InlineData(SunEvent.Dawn, 0, "2026-11-27T12:00+01:00", "2026-11-28T07:09+01:00")]
    [InlineData(SunEvent.Dusk, 0, "2026-11-27T12:00+01:00", "2026-11-27T16:39+01:00")]
    public void Sun_IsThatOfThePlace(SunEvent sun, int offset, string after, string expected) =>
        Assert.Equal(expected, Next(new() { Rhythm = ScheduleRhythm.Sun, Sun = sun, OffsetMinutes = offset }, after, expected));

    [Fact]
    public void Sun_InThePolarNight_ComesWithTheSpring()
    {
        var calendar = new ScheduleCalendar(new() { Rhythm = ScheduleRhythm.Sun, Sun = SunEvent.Sunrise }, new Place(78.22, 15.65), Berlin);

        var next = calendar.Next(Parse("2026-11-27T12:00+01:00"));

        Assert.Equal((2027, 2), (next!.Value.Year, next.Value.Month));
        Assert.Null(new ScheduleCalendar(new() { Rhythm = ScheduleRhythm.Sun }, null, Berlin).Next(Parse("2026-11-27T12:00+01:00")));
    }

    [Theory]
    [InlineData("0 7 * * 1-5", "2026-11-27T12:00+01:00", "2026-11-30T07:00+01:00 2026-12-01T07:00+01:00")]
    [InlineData("30 2 * * *", "2026-03-28T12:00+01:00", "2026-03-29T03:00+02:00 2026-03-30T02:30+02:00")]
    [InlineData("30 2 * * *", "2026-10-24T12:00+02:00", "2026-10-25T02:30+02:00 2026-10-26T02:30+01:00")]
    [InlineData("0 0 13 * 5", "2026-11-01T00:00+01:00", "2026-11-13T00:00+01:00 2027-08-13T00:00+02:00")]
    public void Cron_GoesByTheWallsClock(string cron, string after, string expected) =>
        Assert.Equal(expected, Next(new() { Rhythm = ScheduleRhythm.Cron, Cron = cron }, after, expected));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("nonsense")]
    public void Cron_ThatNeverComes_IsNever(string cron) =>
        Assert.Null(new ScheduleCalendar(new() { Rhythm = ScheduleRhythm.Cron, Cron = cron }, Place, Berlin).Next(Parse("2026-11-27T12:00+01:00")));

    private static string Next(ScheduleTiming timing, string after, string expected) => string.Join(' ', new ScheduleCalendar(timing, Place, Berlin)
        .Between(Parse(after), DateTimeOffset.MaxValue, expected.Split(' ').Length)
        .Select(at => at.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture)));

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

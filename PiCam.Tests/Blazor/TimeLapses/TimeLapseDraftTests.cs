using System.Globalization;
using PiCam.Blazor.TimeLapses;
using PiCam.Core.Cameras;
using PiCam.Core.TimeLapses;
using Xunit;

namespace PiCam.Tests.Blazor.TimeLapses;

public sealed class TimeLapseDraftTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly PixelSize[] Sizes = [new(1920, 1080), new(640, 360)];

    [Fact]
    public void ToPlan_AsItOpens_CanBeStarted()
    {
        var plan = Draft().ToPlan(Sizes, Berlin);

        Assert.Empty(plan.Check());
        Assert.Equal(("Time-lapse 2026-11-23", TimeSpan.FromMinutes(5), null, null), (plan.Name, plan.Interval, plan.Count, plan.Until));
        Assert.Equal(Sizes[0], plan.Size);
    }

    [Fact]
    public void ToPlan_OnesOwnInterval_IsInItsUnit()
    {
        var draft = Draft();
        (draft.Chosen, draft.Own, draft.Unit) = (null, 1.5, 60);

        Assert.Equal(TimeSpan.FromSeconds(90), draft.ToPlan(Sizes, Berlin).Interval);
    }

    [Fact]
    public void ToPlan_WhatIsNotChosen_DoesNotCount()
    {
        var draft = Draft();
        (draft.Count, draft.Until, draft.From, draft.Size) = (7, new DateTime(2026, 12, 1, 8, 0, 0), new TimeOnly(1, 2), "9×9");
        var plan = draft.ToPlan(Sizes, Berlin);
        Assert.Equal((null, null, null, false, null), (plan.Count, plan.Until, plan.Window, plan.ByDaylight, plan.Size));

        draft.End = TimeLapseEnd.Time;
        draft.Hours = TimeLapseHours.Window;
        plan = draft.ToPlan(Sizes, Berlin);

        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.FromHours(1)), plan.Until);
        Assert.Equal(new DailyWindow(new TimeOnly(1, 2), new TimeOnly(18, 0)), plan.Window);
        draft.End = TimeLapseEnd.Count;
        draft.Hours = TimeLapseHours.Daylight;
        Assert.Equal((7, true), (draft.ToPlan(Sizes, Berlin).Count, draft.ToPlan(Sizes, Berlin).ByDaylight));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:00")]
    public void ToPlan_AtTheEndsOfTheCalendar_IsATime(string until)
    {
        var draft = Draft();
        (draft.End, draft.Until) = (TimeLapseEnd.Time, DateTime.Parse(until, CultureInfo.InvariantCulture));

        foreach (var zone in new[] { "Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles" })
        {
            var plan = draft.ToPlan(Sizes, TimeZoneInfo.FindSystemTimeZoneById(zone));

            Assert.InRange(plan.Until!.Value.Year - draft.Until.Year, -1, 1);
        }
    }

    private static TimeLapseDraft Draft() => new("Time-lapse", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(1)));
}

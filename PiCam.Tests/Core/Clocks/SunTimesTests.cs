using PiCam.Core.Clocks;
using Xunit;

namespace PiCam.Tests.Core.Clocks;

public sealed class SunTimesTests
{
    private static readonly Place London = new(51.5074, -0.1278);

    // Almanacs agree within a minute; the air's refraction is no better known.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("London, midsummer", 51.5074, -0.1278, "2026-06-21", "2026-06-21T03:42:39Z", "2026-06-21T20:21:14Z")]
    [InlineData("London, midwinter", 51.5074, -0.1278, "2026-12-21", "2026-12-21T08:04:00Z", "2026-12-21T15:53:30Z")]
    [InlineData("Quito, equinox", -0.1807, -78.4678, "2026-03-20", "2026-03-20T11:18:00Z", "2026-03-20T23:24:30Z")]
    [InlineData("Auckland, by its own date", -36.8485, 174.7633, "2026-12-21", "2026-12-20T16:58:00Z", "2026-12-21T07:40:00Z")]
    public void On_KnownPlaces_AgreesWithTheAlmanac(string place, double latitude, double longitude, string date, string rise, string set)
    {
        var sun = SunTimes.On(DateOnly.Parse(date, null), new Place(latitude, longitude));

        Assert.True((sun.Rise!.Value - DateTimeOffset.Parse(rise, null)).Duration() < Within, $"{place}: {sun.Rise:u}");
        Assert.True((sun.Set!.Value - DateTimeOffset.Parse(set, null)).Duration() < Within, $"{place}: {sun.Set:u}");
    }

    [Theory]
    [InlineData(78.22, "2026-06-21", true)]
    [InlineData(78.22, "2026-12-21", false)]
    [InlineData(-77.85, "2026-12-21", true)]
    [InlineData(-77.85, "2026-06-21", false)]
    [InlineData(90, "2026-06-21", true)]
    public void On_BeyondThePolarCircles_SaysWhetherItIsUpAllDay(double latitude, string date, bool isUp)
    {
        var sun = SunTimes.On(DateOnly.Parse(date, null), new Place(latitude, 15.6));

        Assert.Equal((null, null, isUp), (sun.Rise, sun.Set, sun.IsUpAllDay));
    }

    [Fact]
    public void On_TheWholeYear_DaysAreLongestInJuneAndChangeByMinutes()
    {
        var days = Enumerable.Range(0, 365).Select(n => new DateOnly(2026, 1, 1).AddDays(n)).Select(day => (day, Sun: SunTimes.On(day, London))).ToList();
        var lengths = days.Select(d => d.Sun.Set!.Value - d.Sun.Rise!.Value).ToList();

        Assert.InRange(days[lengths.IndexOf(lengths.Max())].day, new DateOnly(2026, 6, 20), new DateOnly(2026, 6, 22));
        Assert.All(lengths.Zip(lengths.Skip(1)), pair => Assert.True((pair.First - pair.Second).Duration() < TimeSpan.FromMinutes(4.5)));
    }

    [Theory]
    [InlineData(90.1, 0, "latitude")]
    [InlineData(0, -180.1, "longitude")]
    [InlineData(double.NaN, 0, "latitude")]
    public void Place_NotOnEarth_NamesTheField(double latitude, double longitude, string field) =>
        Assert.Equal(field, Assert.Single(new Place(latitude, longitude).Check()).Field);
}

namespace PiCam.Core.Clocks;

/// <summary>
/// When the sun rises and sets, within a minute between the polar circles. The formulas are those of NOAA's solar calculator
/// (gml.noaa.gov/grad/solcalc), after Jean Meeus, "Astronomical Algorithms".
/// </summary>
/// <param name="Rise">Null: it does not cross the horizon that day.</param>
/// <param name="Set">Null: it does not cross the horizon that day.</param>
/// <param name="IsUpAllDay">Polar day; false without <paramref name="Rise"/> is polar night.</param>
public sealed record SunTimes(DateTimeOffset? Rise, DateTimeOffset? Set, bool IsUpAllDay)
{
    // The sun's upper edge on the horizon: half its disc, 16', and the air's refraction, 34'.
    private const double Horizon = 90.833;

    // Civil twilight: the sun's centre 6° below the horizon.
    private const double Twilight = 96;

    private const double MinutesPerDay = 1440;
    private const double MinutesPerDegree = 4;

    // The sun moves on during the day; its place at the event itself is found in two rounds.
    private const int Rounds = 3;

    /// <summary>Of the day that has this date at the place, by the sun; in UTC.</summary>
    public static SunTimes On(DateOnly date, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var (rise, set) = (At(SunEvent.Sunrise, date, place), At(SunEvent.Sunset, date, place));
        return rise is null || set is null
            ? new(null, null, place.Latitude * Sun(Noon(date, place)).Declination > 0)
            : new(rise, set, false);
    }

    /// <summary>When the sun does something on the day that has this date at the place, by the sun; in UTC.</summary>
    /// <returns>Null: it does not that day.</returns>
    public static DateTimeOffset? At(SunEvent what, DateOnly date, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var side = what is SunEvent.Dawn or SunEvent.Sunrise ? -1 : 1;
        var zenith = what is SunEvent.Dawn or SunEvent.Dusk ? Twilight : Horizon;
        var at = Noon(date, place);
        for (var round = 0; round < Rounds; round++)
        {
            if (HourAngle(at, place.Latitude, zenith) is not { } angle)
            {
                return null;
            }

            var minutes = (MinutesPerDay / 2) + (MinutesPerDegree * ((side * angle) - place.Longitude)) - Sun(at).EquationOfTime;
            at = Midnight(date).AddMinutes(minutes);
        }

        return at;
    }

    private static DateTimeOffset Midnight(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    private static DateTimeOffset Noon(DateOnly date, Place place) => Midnight(date).AddMinutes((MinutesPerDay / 2) - (MinutesPerDegree * place.Longitude));

    /// <summary>Degrees between noon and the sun at so many degrees from the zenith; null: it does not come there.</summary>
    private static double? HourAngle(DateTimeOffset at, double latitude, double zenith)
    {
        var declination = Sun(at).Declination;
        var phi = Radians(latitude);
        var cosine = (Math.Cos(Radians(zenith)) - (Math.Sin(phi) * Math.Sin(declination))) / (Math.Cos(phi) * Math.Cos(declination));
        return Math.Abs(cosine) > 1 ? null : Degrees(Math.Acos(cosine));
    }

    /// <returns>Declination in radians; equation of time in minutes.</returns>
    private static (double Declination, double EquationOfTime) Sun(DateTimeOffset at)
    {
        // Julian centuries since noon of the first of January 2000.
        var t = (at - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays / 36525;
        var meanLongitude = (280.46646 + (t * (36000.76983 + (t * 0.0003032)))) % 360;
        var meanAnomaly = Radians(357.52911 + (t * (35999.05029 - (0.0001537 * t))));
        var eccentricity = 0.016708634 - (t * (0.000042037 + (0.0000001267 * t)));
        var centre = (Math.Sin(meanAnomaly) * (1.914602 - (t * (0.004817 + (0.000014 * t)))))
            + (Math.Sin(2 * meanAnomaly) * (0.019993 - (0.000101 * t)))
            + (Math.Sin(3 * meanAnomaly) * 0.000289);
        var node = Radians(125.04 - (1934.136 * t));
        var longitude = Radians(meanLongitude + centre - 0.00569 - (0.00478 * Math.Sin(node)));
        var obliquity = Radians(
            23 + ((26 + ((21.448 - (t * (46.815 + (t * (0.00059 - (t * 0.001813)))))) / 60)) / 60) + (0.00256 * Math.Cos(node)));
        var declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(longitude));
        var y = Math.Pow(Math.Tan(obliquity / 2), 2);
        var l = Radians(meanLongitude);
        var equation = (y * Math.Sin(2 * l)) - (2 * eccentricity * Math.Sin(meanAnomaly))
            + (4 * eccentricity * y * Math.Sin(meanAnomaly) * Math.Cos(2 * l))
            - (0.5 * y * y * Math.Sin(4 * l)) - (1.25 * eccentricity * eccentricity * Math.Sin(2 * meanAnomaly));
        return (declination, MinutesPerDegree * Degrees(equation));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}

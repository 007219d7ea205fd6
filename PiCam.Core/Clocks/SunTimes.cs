namespace PiCam.Core.TimeLapses;

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
    private const double Zenith = 90.833;

    private const double MinutesPerDay = 1440;
    private const double MinutesPerDegree = 4;

    // The sun moves on during the day; its place at the event itself is found in two rounds.
    private const int Rounds = 3;

    /// <summary>Of the day that has this date at the place, by the sun; in UTC.</summary>
    public static SunTimes On(DateOnly date, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var midnight = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        var noon = midnight.AddMinutes((MinutesPerDay / 2) - (MinutesPerDegree * place.Longitude));
        var (rise, set) = (Find(-1), Find(1));
        return rise is null || set is null
            ? new(null, null, place.Latitude * Sun(noon).Declination > 0)
            : new(rise, set, false);

        DateTimeOffset? Find(int side)
        {
            var at = noon;
            for (var round = 0; round < Rounds; round++)
            {
                if (HourAngle(at, place.Latitude) is not { } angle)
                {
                    return null;
                }

                var minutes = (MinutesPerDay / 2) + (MinutesPerDegree * ((side * angle) - place.Longitude)) - Sun(at).EquationOfTime;
                at = midnight.AddMinutes(minutes);
            }

            return at;
        }
    }

    /// <summary>Degrees between noon and the sun on the horizon; null: it does not cross it.</summary>
    private static double? HourAngle(DateTimeOffset at, double latitude)
    {
        var declination = Sun(at).Declination;
        var phi = Radians(latitude);
        var cosine = (Math.Cos(Radians(Zenith)) - (Math.Sin(phi) * Math.Sin(declination))) / (Math.Cos(phi) * Math.Cos(declination));
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

using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;

namespace PiCam.Core.Optics;

/// <summary>How a lens without distortion draws the world: the arithmetic between picture points and directions.</summary>
/// <param name="HorizontalDegrees">Field of view across, 0 to 180 exclusive.</param>
/// <param name="VerticalDegrees">Field of view from top to bottom, 0 to 180 exclusive.</param>
public readonly record struct RectilinearView(double HorizontalDegrees, double VerticalDegrees)
{
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>The view of a part of the sensor, by the tangent rule: lengths on the sensor go with the tangent of the angle.</summary>
    /// <param name="sensor">The whole sensor, in pixels.</param>
    /// <param name="crop">The part, in sensor pixels; only its size counts, so it should be centred.</param>
    public RectilinearView Of(PixelSize sensor, PixelRectangle crop) => new(
        ScaleAngle(HorizontalDegrees, (double)crop.Width / sensor.Width),
        ScaleAngle(VerticalDegrees, (double)crop.Height / sensor.Height));

    /// <summary>Where a point of the full picture lies in the world.</summary>
    /// <param name="point">In the full picture; a crop's offset and size must have been undone.</param>
    /// <param name="aim">Degrees; where the camera points. The tilt axis rides on the pan axis.</param>
    /// <returns>Degrees; pan is −180 to 180 away from the aim's pan.</returns>
    public PanTilt Direction(PicturePoint point, PanTilt aim)
    {
        var x = ((2 * point.U) - 1) * HalfTangent(HorizontalDegrees);
        var y = (1 - (2 * point.V)) * HalfTangent(VerticalDegrees);
        var (sin, cos) = Math.SinCos(aim.Tilt * RadiansPerDegree);
        var up = (y * cos) + sin;
        var ahead = cos - (y * sin);
        return new PanTilt(
            aim.Pan + (Math.Atan2(x, ahead) / RadiansPerDegree),
            Math.Atan2(up, Math.Sqrt((x * x) + (ahead * ahead))) / RadiansPerDegree);
    }

    /// <summary>Where a direction appears in the full picture; null when it lies behind the camera. May be outside 0…1.</summary>
    /// <param name="direction">Degrees.</param>
    /// <param name="aim">Degrees; where the camera points.</param>
    public PicturePoint? Project(PanTilt direction, PanTilt aim)
    {
        var (sinPan, cosPan) = Math.SinCos((direction.Pan - aim.Pan) * RadiansPerDegree);
        var (sinElevation, cosElevation) = Math.SinCos(direction.Tilt * RadiansPerDegree);
        var (sin, cos) = Math.SinCos(aim.Tilt * RadiansPerDegree);
        var right = cosElevation * sinPan;
        var level = cosElevation * cosPan;
        var up = (sinElevation * cos) - (level * sin);
        var ahead = (level * cos) + (sinElevation * sin);
        return ahead <= 1e-9
            ? null
            : new PicturePoint(
                0.5 * (1 + (right / ahead / HalfTangent(HorizontalDegrees))),
                0.5 * (1 - (up / ahead / HalfTangent(VerticalDegrees))));
    }

    /// <summary>
    /// Where to point so that a direction appears at a place of the full picture; where that cannot be, as near to it as the tilt
    /// goes, with the pan that then brings it to the right column.
    /// </summary>
    /// <param name="direction">Degrees; what is to be seen there.</param>
    /// <param name="place">In the full picture; its middle is the simple case.</param>
    /// <param name="tiltLimits">How far the tilt goes.</param>
    public PanTilt AimFor(PanTilt direction, PicturePoint place, AxisLimits tiltLimits)
    {
        // The ray through the place, turned by the tilt, must rise as the direction does: y·cos t + sin t = r·sin(elevation).
        var x = ((2 * place.U) - 1) * HalfTangent(HorizontalDegrees);
        var y = (1 - (2 * place.V)) * HalfTangent(VerticalDegrees);
        var rise = Math.Sqrt(1 + (x * x) + (y * y)) * Math.Sin(direction.Tilt * RadiansPerDegree) / Math.Sqrt(1 + (y * y));
        var tilt = tiltLimits.Nearest((Math.Asin(Math.Clamp(rise, -1, 1)) - Math.Atan(y)) / RadiansPerDegree);
        var (sin, cos) = Math.SinCos(tilt * RadiansPerDegree);
        return new PanTilt(direction.Pan - (Math.Atan2(x, cos - (y * sin)) / RadiansPerDegree), tilt);
    }

    private static double HalfTangent(double degrees) => Math.Tan(degrees / 2 * RadiansPerDegree);

    private static double ScaleAngle(double degrees, double factor) =>
        2 * Math.Atan(HalfTangent(degrees) * factor) / RadiansPerDegree;
}

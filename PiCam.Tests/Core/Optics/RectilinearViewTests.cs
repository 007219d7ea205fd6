using CsCheck;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;
using Xunit;

namespace PiCam.Tests.Core.Optics;

public sealed class RectilinearViewTests
{
    private const double Radian = Math.PI / 180;

    private static readonly Gen<RectilinearView> Views = Gen.Select(
        Gen.Double[5, 110], Gen.Double[5, 110], (horizontal, vertical) => new RectilinearView(horizontal, vertical));

    private static readonly Gen<PanTilt> Aims = Gen.Select(Gen.Double[-180, 180], Gen.Double[-80, 80], (pan, tilt) => new PanTilt(pan, tilt));

    private static readonly Gen<PicturePoint> Points = Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], (u, v) => new PicturePoint(u, v));

    [Fact]
    public void Direction_AnyPoint_IsTheRayTurnedByTiltThenPan() =>
        Gen.Select(Views, Points, Aims).Sample((view, point, aim) =>
        {
            var expected = Unit(view, point, aim);
            var direction = view.Direction(point, aim);
            return AngleBetween(expected, Unit(direction)) < 1e-6;
        });

    [Fact]
    public void Direction_AimedStraightAhead_IsAtan2AndAsinOfTheRay() =>
        Gen.Select(Views, Points).Sample((view, point) =>
        {
            var x = ((2 * point.U) - 1) * Math.Tan(view.HorizontalDegrees / 2 * Radian);
            var y = (1 - (2 * point.V)) * Math.Tan(view.VerticalDegrees / 2 * Radian);
            var direction = view.Direction(point, default);
            return Math.Abs(direction.Pan - (Math.Atan2(x, 1) / Radian)) < 1e-9
                && Math.Abs(direction.Tilt - (Math.Asin(y / Math.Sqrt((x * x) + (y * y) + 1)) / Radian)) < 1e-7;
        });

    [Fact]
    public void Project_WhatDirectionGave_IsThePointAgain() =>
        Gen.Select(Views, Points, Aims).Sample((view, point, aim) =>
            view.Project(view.Direction(point, aim), aim) is { } again
            && Math.Abs(again.U - point.U) < 1e-9 && Math.Abs(again.V - point.V) < 1e-9);

    [Fact]
    public void Project_BehindTheCamera_IsNull()
    {
        var view = new RectilinearView(53.5, 41.4);

        Assert.Null(view.Project(new PanTilt(180, 0), default));
        Assert.Null(view.Project(new PanTilt(20, -60), new PanTilt(20, 45)));
        Assert.NotNull(view.Project(new PanTilt(180, 60), new PanTilt(0, 80)));
    }

    [Fact]
    public void Direction_KnownPlaces_AreWhereAPersonWouldSay()
    {
        var view = new RectilinearView(90, 60);

        Close(new PanTilt(30, 20), view.Direction(new PicturePoint(0.5, 0.5), new PanTilt(30, 20)));
        Close(new PanTilt(45, 0), view.Direction(new PicturePoint(1, 0.5), default));
        Close(new PanTilt(-45, 0), view.Direction(new PicturePoint(0, 0.5), default));
        Close(new PanTilt(10, 30), view.Direction(new PicturePoint(0.5, 0), new PanTilt(10, 0)));
        Close(new PanTilt(10, 75), view.Direction(new PicturePoint(0.5, 0), new PanTilt(10, 45)));
        // Tilted up by 45° the right edge turns further than 45°: atan(1 / cos 45°).
        Close(new PanTilt(54.7356, 30), view.Direction(new PicturePoint(1, 0.5), new PanTilt(0, 45)));
    }

    [Fact]
    public void AimFor_AnyPlace_IsWhereTheDirectionThenAppears() =>
        Gen.Select(Views, Gen.Double[0.05, 0.95], Gen.Double[0.05, 0.95], Gen.Double[-80, 80], Gen.Double[-170, 170]).Sample((view, u, v, tilt, pan) =>
        {
            // A direction that can be brought there: the one that is there for some aim.
            var place = new PicturePoint(u, v);
            var direction = view.Direction(place, new PanTilt(pan, tilt));
            var aim = view.AimFor(direction, place, new AxisLimits(-90, 90, 60, 240));
            return view.Project(direction, aim) is { } seen && Math.Abs(seen.U - u) < 1e-6 && Math.Abs(seen.V - v) < 1e-6;
        });

    [Fact]
    public void AimFor_BeyondTheTilt_EndsThereWithTheDirectionInItsColumn() =>
        Gen.Select(Views, Gen.Double[0.1, 0.9], Gen.Double[0.1, 0.9], Gen.Double[-85, 85], Gen.Double[-60, 60]).Sample((view, u, v, elevation, pan) =>
        {
            var place = new PicturePoint(u, v);
            var limits = new AxisLimits(-30, 60, 60, 240);
            var aim = view.AimFor(new PanTilt(pan, elevation), place, limits);
            var seen = view.Direction(place, aim);

            // Never thrown about: what is in the place differs in height only.
            return aim.Tilt >= -30 && aim.Tilt <= 60 && Math.Abs(seen.Pan - pan) < 1e-6;
        });

    [Fact]
    public void Of_PartOfTheSensor_FollowsTheTangentRule() =>
        Gen.Select(Views, Gen.Int[10, 2000], Gen.Int[10, 2000]).Sample((view, width, height) =>
        {
            var part = view.Of(new PixelSize(2000, 2000), new PixelRectangle(0, 0, width, height));
            var across = Math.Tan(part.HorizontalDegrees / 2 * Radian) / Math.Tan(view.HorizontalDegrees / 2 * Radian);
            var down = Math.Tan(part.VerticalDegrees / 2 * Radian) / Math.Tan(view.VerticalDegrees / 2 * Radian);
            return Math.Abs(across - (width / 2000.0)) < 1e-9 && Math.Abs(down - (height / 2000.0)) < 1e-9;
        });

    private static void Close(PanTilt expected, PanTilt actual)
    {
        Assert.Equal(expected.Pan, actual.Pan, 1e-4);
        Assert.Equal(expected.Tilt, actual.Tilt, 1e-4);
    }

    /// <summary>The textbook: the camera's ray, multiplied by the matrix of the tilt and then by the matrix of the pan.</summary>
    private static (double X, double Y, double Z) Unit(RectilinearView view, PicturePoint point, PanTilt aim)
    {
        var x = ((2 * point.U) - 1) * Math.Tan(view.HorizontalDegrees / 2 * Radian);
        var y = (1 - (2 * point.V)) * Math.Tan(view.VerticalDegrees / 2 * Radian);
        var (sinTilt, cosTilt) = Math.SinCos(aim.Tilt * Radian);
        var (tiltedY, tiltedZ) = ((cosTilt * y) + sinTilt, (-sinTilt * y) + cosTilt);
        var (sinPan, cosPan) = Math.SinCos(aim.Pan * Radian);
        var length = Math.Sqrt((x * x) + (y * y) + 1);
        return (((cosPan * x) + (sinPan * tiltedZ)) / length, tiltedY / length, ((-sinPan * x) + (cosPan * tiltedZ)) / length);
    }

    private static (double X, double Y, double Z) Unit(PanTilt direction)
    {
        var (sinPan, cosPan) = Math.SinCos(direction.Pan * Radian);
        var (sinTilt, cosTilt) = Math.SinCos(direction.Tilt * Radian);
        return (cosTilt * sinPan, sinTilt, cosTilt * cosPan);
    }

    // By the chord, because the arc cosine of almost 1 loses half of the digits.
    private static double AngleBetween((double X, double Y, double Z) a, (double X, double Y, double Z) b) =>
        2 * Math.Asin(Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) + Math.Pow(a.Z - b.Z, 2)) / 2) / Radian;
}

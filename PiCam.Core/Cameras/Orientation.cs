using PiCam.Core.Optics;

namespace PiCam.Core.Cameras;

/// <summary>
/// Who turns and mirrors the picture. What people ask for is: turned clockwise by <see cref="CameraControls.Rotation"/>, then
/// mirrored as seen. A camera can mirror (and so turn by 180°); a quarter turn is left to the page, and everything is when the
/// camera cannot.
/// </summary>
/// <param name="CameraHorizontalFlip">The camera mirrors left to right.</param>
/// <param name="CameraVerticalFlip">The camera mirrors top to bottom.</param>
/// <param name="PageRotation">The page turns what comes from the camera, clockwise.</param>
/// <param name="PageHorizontalFlip">The page then mirrors left to right.</param>
/// <param name="PageVerticalFlip">The page then mirrors top to bottom.</param>
public readonly record struct Orientation(
    bool CameraHorizontalFlip,
    bool CameraVerticalFlip,
    Rotation PageRotation,
    bool PageHorizontalFlip,
    bool PageVerticalFlip)
{
    /// <summary>Divides the work.</summary>
    /// <param name="controls">What people ask for.</param>
    /// <param name="cameraFlips"><see cref="CameraCapabilities.Flips"/>.</param>
    public static Orientation Of(CameraControls controls, bool cameraFlips)
    {
        ArgumentNullException.ThrowIfNull(controls);
        if (!cameraFlips)
        {
            return new(false, false, controls.Rotation, controls.HorizontalFlip, controls.VerticalFlip);
        }

        // A half turn is both mirrors. Mirroring after a quarter turn is mirroring the other way before it.
        var half = controls.Rotation is Rotation.Rotate180 or Rotation.Rotate270;
        var quarter = controls.Rotation is Rotation.Rotate90 or Rotation.Rotate270;
        var (horizontal, vertical) = quarter
            ? (controls.VerticalFlip, controls.HorizontalFlip)
            : (controls.HorizontalFlip, controls.VerticalFlip);
        return new(horizontal ^ half, vertical ^ half, quarter ? Rotation.Rotate90 : Rotation.Rotate0, false, false);
    }

    /// <summary>Where a point of the page's picture lies in the scene as the sensor sees it, unturned and unmirrored.</summary>
    public PicturePoint ToSensor(PicturePoint page)
    {
        var point = Flip(page, PageHorizontalFlip, PageVerticalFlip);
        point = PageRotation switch
        {
            Rotation.Rotate90 => new(point.V, 1 - point.U),
            Rotation.Rotate180 => new(1 - point.U, 1 - point.V),
            Rotation.Rotate270 => new(1 - point.V, point.U),
            _ => point,
        };
        return Flip(point, CameraHorizontalFlip, CameraVerticalFlip);
    }

    /// <summary>Where a point of the sensor's view lies in the page's picture.</summary>
    public PicturePoint ToPage(PicturePoint sensor)
    {
        var point = Flip(sensor, CameraHorizontalFlip, CameraVerticalFlip);
        point = PageRotation switch
        {
            Rotation.Rotate90 => new(1 - point.V, point.U),
            Rotation.Rotate180 => new(1 - point.U, 1 - point.V),
            Rotation.Rotate270 => new(point.V, 1 - point.U),
            _ => point,
        };
        return Flip(point, PageHorizontalFlip, PageVerticalFlip);
    }

    /// <summary>The part of the sensor's field that a part of the page's picture shows.</summary>
    public ZoomView ToSensor(ZoomView page) => Box(page, ToSensor);

    /// <summary>The part of the page's picture in which a part of the sensor's field lies.</summary>
    public ZoomView ToPage(ZoomView sensor) => Box(sensor, ToPage);

    private static PicturePoint Flip(PicturePoint point, bool horizontal, bool vertical) =>
        new(horizontal ? 1 - point.U : point.U, vertical ? 1 - point.V : point.V);

    private static ZoomView Box(ZoomView view, Func<PicturePoint, PicturePoint> map)
    {
        var (a, b) = (map(new(view.X, view.Y)), map(new(view.X + view.Scale, view.Y + view.Scale)));
        return new(Math.Min(a.U, b.U), Math.Min(a.V, b.V), view.Scale);
    }
}

using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Optics;

namespace PiCam.Core.Gimbals;

/// <summary>Aims by the picture: a click brings what was clicked into the middle, a drag takes the scene along with the hand.</summary>
public sealed class PictureAim(CameraSession camera, Gimbal gimbal)
{
    /// <summary>Degrees across the picture of a camera that does not know its lens: a usual webcam.</summary>
    private const double UsualFieldOfView = 60;

    private static readonly PicturePoint Middle = new(0.5, 0.5);

    /// <summary>What lies in the world under a point of the picture; good for <see cref="Drag"/>.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="point">Of the picture as the page shows it.</param>
    /// <returns>Degrees.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public PanTilt Grab(Caller caller, PicturePoint point)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Aim);
        var (view, place) = See(point);
        return view.Direction(place, gimbal.Status.Position);
    }

    /// <summary>Turns so that what was grabbed lies under another point, as far as the limits allow.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="grabbed">Degrees; from <see cref="Grab"/>.</param>
    /// <param name="point">Of the picture as the page shows it.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">Not a finite number.</exception>
    public void Drag(Caller caller, PanTilt grabbed, PicturePoint point)
    {
        var (view, place) = See(point);
        gimbal.MoveNear(caller, view.AimFor(grabbed, place, gimbal.TiltLimits));
    }

    /// <summary>Turns so that what lies under a point comes to the middle of the picture, as far as the limits allow.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="point">Of the picture as the page shows it.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">Not a finite number.</exception>
    public void Centre(Caller caller, PicturePoint point) => Drag(caller, Grab(caller, point), Middle);

    /// <summary>How much of the world the picture shows, in degrees; null when the camera does not know its lens.</summary>
    public PanTilt? Shown
    {
        get
        {
            if (camera.State is not { Capabilities: { HorizontalFieldOfView: not null } capabilities } state)
            {
                return null;
            }

            var lens = Lens(state, capabilities);
            var scale = ZoomView.Of(state.Asked.ScalerCrop, capabilities).Scale;
            return new PanTilt(lens.HorizontalDegrees * scale, lens.VerticalDegrees * scale);
        }
    }

    /// <summary>How the lens draws the whole field, as the gimbal turns it, and where in that a point of the page's picture lies.</summary>
    private (RectilinearView View, PicturePoint Place) See(PicturePoint point)
    {
        var state = camera.State;
        if (state.Capabilities is not { } capabilities)
        {
            return (new RectilinearView(UsualFieldOfView, UsualFieldOfView * 9 / 16), point);
        }

        // Turned and mirrored is the part that is shown, so that is undone first, then the part is placed in the whole.
        var seen = Orientation.Of(state.Asked, capabilities.Flips).ToSensor(point);
        var shown = ZoomView.Of(state.Actual?.ScalerCrop ?? state.Asked.ScalerCrop, capabilities);
        var place = new PicturePoint(shown.X + (seen.U * shown.Scale), shown.Y + (seen.V * shown.Scale));
        return (Lens(state, capabilities), Turned(state, capabilities).ToPage(place));
    }

    private static RectilinearView Lens(CameraState state, CameraCapabilities capabilities)
    {
        var across = capabilities.HorizontalFieldOfView ?? UsualFieldOfView;
        var down = capabilities.VerticalFieldOfView ?? across * capabilities.Size.Height / capabilities.Size.Width;
        return Turned(state, capabilities).PageRotation is Rotation.Rotate90 or Rotation.Rotate270
            ? new RectilinearView(down, across)
            : new RectilinearView(across, down);
    }

    /// <summary>From the sensor to the gimbal's up and right: as the camera is mounted, which its rotation makes up for. Both mirrors are a half turn, too.</summary>
    private static Orientation Turned(CameraState state, CameraCapabilities capabilities)
    {
        if (capabilities.MountedUpright)
        {
            return default;
        }

        var half = state.Asked is { HorizontalFlip: true, VerticalFlip: true } ? 180 : 0;
        return new Orientation(false, false, (Rotation)(((int)state.Asked.Rotation + half) % 360), false, false);
    }
}

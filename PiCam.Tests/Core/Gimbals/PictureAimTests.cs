using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>Where a click takes the gimbal, checked by projecting the clicked direction again.</summary>
public sealed class PictureAimTests : IAsyncDisposable
{
    private static readonly int[] Tilts = [0, 30, 45];
    private static readonly bool[] Either = [false, true];

    private readonly PanelContext context = new();

    private PictureAim Aim => new(context.Session, context.Gimbal);

    public ValueTask DisposeAsync() => context.DisposeAsync();

    public static TheoryData<int, bool, bool, bool> Poses =>
        [.. from tilt in Tilts from zoomed in Either from flipped in Either from turned in Either select (tilt, zoomed, flipped, turned)];

    [Theory]
    [MemberData(nameof(Poses))]
    public async Task Centre_AnyTiltZoomAndOrientation_BringsWhatWasClickedToTheMiddle(int tilt, bool zoomed, bool flipped, bool turned)
    {
        await context.GoLiveAsync();
        var capabilities = FakeCamera.EveryControl;
        var controls = CameraControls.Automatic with
        {
            HorizontalFlip = flipped,
            Rotation = turned ? Rotation.Rotate270 : Rotation.Rotate0,
            ScalerCrop = zoomed ? new ZoomView(0.55, 0.1, 1.0 / 3).ToCrop(capabilities) : null,
        };
        await context.Session.UpdateAsync(Callers.Operator, _ => controls);
        var shown = controls.ScalerCrop ?? capabilities.ScalerCropMaximum;
        await Eventually.TrueAsync(
            () =>
            {
                context.Camera.Send();
                return context.Session.State.Actual?.ScalerCrop == shown;
            },
            "the crop is in force",
            TestContext.Current.CancellationToken);
        MoveTo(new PanTilt(20, tilt));
        var clicked = new PicturePoint(0.3, 0.4);

        // The arithmetic once more, from the other side: where the clicked thing is in the world, and where it is seen after.
        var view = new RectilinearView(capabilities.HorizontalFieldOfView!.Value, capabilities.VerticalFieldOfView!.Value);
        var orientation = Orientation.Of(controls, capabilities.Flips);
        var crop = ZoomView.Of(controls.ScalerCrop, capabilities);
        var onSensor = orientation.ToSensor(clicked);
        var thing = view.Direction(
            new(crop.X + (onSensor.U * crop.Scale), crop.Y + (onSensor.V * crop.Scale)), context.Gimbal.Status.Position);

        Aim.Centre(Callers.Operator, clicked);
        Rest();

        var after = view.Project(thing, context.Gimbal.Status.Position)!.Value;
        var seen = orientation.ToPage(new PicturePoint((after.U - crop.X) / crop.Scale, (after.V - crop.Y) / crop.Scale));
        Assert.Equal(0.5, seen.U, 0.001);
        Assert.Equal(0.5, seen.V, 0.001);
    }

    /// <summary>A camera on its side or head: its rotation puts the picture upright, and what is right in it is right of the gimbal.</summary>
    [Theory]
    [InlineData(Rotation.Rotate0, false)]
    [InlineData(Rotation.Rotate90, false)]
    [InlineData(Rotation.Rotate180, false)]
    [InlineData(Rotation.Rotate270, false)]
    [InlineData(Rotation.Rotate0, true)]
    public async Task Centre_CameraMountedAsItsRotationSays_TurnsToWhereWasClicked(Rotation rotation, bool byMirrors)
    {
        context.Camera.Capabilities = FakeCamera.EveryControl with { MountedUpright = false };
        await context.GoLiveAsync();
        await context.Session.UpdateAsync(
            Callers.Operator, c => c with { Rotation = rotation, HorizontalFlip = byMirrors, VerticalFlip = byMirrors });

        Aim.Centre(Callers.Operator, new(0.75, 0.5));
        Rest();
        Assert.True(context.Gimbal.Status.Position.Pan > 5, $"{context.Gimbal.Status.Position}");
        Assert.Equal(0, context.Gimbal.Status.Position.Tilt, 6);

        MoveTo(default);
        Aim.Centre(Callers.Operator, new(0.5, 0.25));
        Rest();
        Assert.True(context.Gimbal.Status.Position.Tilt > 5, $"{context.Gimbal.Status.Position}");
        Assert.Equal(0, context.Gimbal.Status.Position.Pan, 6);

        var (across, down) = (Aim.Shown!.Value.Pan, Aim.Shown.Value.Tilt);
        Assert.Equal(rotation is Rotation.Rotate90 or Rotation.Rotate270, across < down);
    }

    [Fact]
    public async Task Drag_TheSceneFollowsTheHand()
    {
        await context.GoLiveAsync();
        var aim = Aim;
        var grabbed = aim.Grab(Callers.Operator, new(0.5, 0.5));

        aim.Drag(Callers.Operator, grabbed, new(0.75, 0.5));
        Rest();

        // Dragged to the right, the camera looks to the left.
        Assert.InRange(context.Gimbal.Status.Position.Pan, -15, -12);
        Assert.Equal(0, context.Gimbal.Status.Position.Tilt, 6);
    }

    [Fact]
    public async Task Drag_BeyondTheLimits_EndsOnThem()
    {
        await context.GoLiveAsync();
        MoveTo(new PanTilt(88, 0));

        Aim.Centre(Callers.Operator, new(0.95, 0.5));
        Rest();

        Assert.Equal(90, context.Gimbal.Status.Position.Pan);
    }

    [Fact]
    public async Task Aiming_Viewer_IsRefused()
    {
        await context.GoLiveAsync();

        Assert.Throws<AccessRefusedException>(() => Aim.Grab(Callers.Viewer, new(0.5, 0.5)));
        Assert.Throws<AccessRefusedException>(() => Aim.Centre(Callers.Viewer, new(0.5, 0.5)));
        Assert.Throws<AccessRefusedException>(() => Aim.Drag(Callers.Viewer, default, new(0.5, 0.5)));
    }

    private void MoveTo(PanTilt angles)
    {
        context.Gimbal.AbsoluteMove(Callers.Operator, angles.Pan, angles.Tilt);
        Rest();
    }

    private void Rest()
    {
        for (var i = 0; context.Gimbal.Status.Moving; i++)
        {
            Assert.True(i < 6000, "The gimbal does not come to rest.");
            context.Time.Advance(Gimbal.Step);
        }
    }
}

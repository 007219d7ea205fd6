using CsCheck;
using PiCam.Core.Cameras;
using PiCam.Core.Optics;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Optics;

public sealed class ZoomViewTests
{
    private static readonly CameraCapabilities Camera = FakeCamera.EveryControl;

    [Fact]
    public void ToCrop_AnyView_IsACropThatTheCameraTakes() =>
        Gen.Select(Gen.Double[-1, 2], Gen.Double[-1, 2], Gen.Double[-0.5, 1.5]).Sample((x, y, scale) =>
        {
            var crop = new ZoomView(x, y, scale).ToCrop(Camera);
            Assert.Empty(CameraControlsRules.Check(new CameraControls { ScalerCrop = crop }, Camera));
        });

    [Fact]
    public void OfCrop_AndBack_IsTheSameCropWithinAPixel() =>
        Gen.Select(Gen.Double[0.13, 0.99], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((scale, u, v) =>
        {
            var view = new ZoomView(u * (1 - scale), v * (1 - scale), scale);
            var crop = view.ToCrop(Camera)!.Value;
            var again = ZoomView.Of(crop, Camera).ToCrop(Camera)!.Value;
            Assert.InRange(again.X - crop.X, -1, 1);
            Assert.InRange(again.Y - crop.Y, -1, 1);
            Assert.InRange(again.Width - crop.Width, -1, 1);
        });

    [Fact]
    public void ZoomedTo_FromTheWhole_KeepsTheCentre()
    {
        var crop = ZoomView.Whole.ZoomedTo(0.5).ToCrop(Camera)!.Value;

        Assert.Equal(new PixelRectangle(648, 607, 1296, 729), crop, (a, b) => Math.Abs(a.X - b.X) <= 1 && Math.Abs(a.Y - b.Y) <= 1 && a.Width == b.Width);
        Assert.Null(ZoomView.Whole.ZoomedTo(1).ToCrop(Camera));
        Assert.Equal(8, ZoomView.LargestFactor(Camera), 0.02);
    }

    [Fact]
    public void CameraWithoutCrop_CannotZoom()
    {
        Assert.Equal(1, ZoomView.LargestFactor(FakeCamera.NoControls));
        Assert.Null(new ZoomView(0.2, 0.2, 0.5).ToCrop(FakeCamera.NoControls));
        Assert.Equal(ZoomView.Whole, ZoomView.Of(new PixelRectangle(1, 1, 5, 5), FakeCamera.NoControls));
    }
}

using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class Ov5647Tests
{
    [Fact]
    public void Capabilities_LiveStream_AreThoseOfTheModule()
    {
        var capabilities = Ov5647.Capabilities(new PixelSize(1280, 720));

        Assert.Equal(new PixelSize(2592, 1944), capabilities.SensorSize);
        Assert.Equal(
            [(640, 480, 58.9), (1296, 972, 43.3), (1920, 1080, 30.6), (2592, 1944, 15.6)],
            capabilities.SensorModes.Select(m => (m.Size.Width, m.Size.Height, m.MaximumFrameRate)));
        Assert.Equal(new PixelSize(1296, 972), capabilities.SensorMode!.Size);
        Assert.Equal(TimeSpan.FromMicroseconds(130), capabilities.ExposureTime!.Minimum);
        Assert.Equal(TimeSpan.FromSeconds(6), capabilities.ExposureTime.Maximum);
        Assert.Equal((1, 8), (capabilities.AnalogueGain!.Minimum, capabilities.AnalogueGain.Maximum));
        Assert.Equal((-8, 8), (capabilities.ExposureValue!.Minimum, capabilities.ExposureValue.Maximum));
        Assert.Equal((1, 43.3), (capabilities.FrameRate!.Minimum, capabilities.FrameRate.Maximum));
        Assert.Equal(Enum.GetValues<AwbMode>(), capabilities.AwbModes);
    }

    [Fact]
    public void Capabilities_Controls_AreThoseThatTheModuleHas()
    {
        var capabilities = Ov5647.Capabilities(new PixelSize(1280, 720));

        // Its lens does not move, and libcamera has no HDR for it.
        string[] lacking = [ControlNames.AfMode, ControlNames.AfRange, ControlNames.LensPosition, ControlNames.HdrMode];
        Assert.Equal(
            ControlTable.All.Select(control => control.Name).Except(lacking),
            ControlTable.All.Where(control => control.ExistsOn(capabilities)).Select(control => control.Name));
        Assert.DoesNotContain(NoiseReductionMode.ZSL, capabilities.NoiseReductionModes);
        Assert.DoesNotContain(AeFlickerMode.Auto, capabilities.AeFlickerModes);
        Assert.Empty(CameraControlsRules.Check(CameraControls.Automatic, capabilities));
        Assert.Equal(CameraControls.Automatic, CameraControlsRules.Fit(CameraControls.Automatic, capabilities));
    }

    [Fact]
    public void Capabilities_Sizes_HoldTheConfiguredOneOnce()
    {
        foreach (var configured in new PixelSize[] { new(1280, 720), new(800, 450), new(2592, 1944) })
        {
            var sizes = Ov5647.Capabilities(configured).Sizes;
            Assert.Single(sizes, configured);
            Assert.Equal(sizes.Distinct(), sizes);
        }
    }

    [Theory]
    [InlineData(640, 480, 16, 0, 2560, 1920)]
    [InlineData(1280, 720, 0, 243, 2592, 1458)]
    [InlineData(1920, 1080, 352, 434, 1920, 1080)]
    [InlineData(2592, 1944, 0, 0, 2592, 1944)]
    public void Capabilities_StreamSize_DecideCropAndFieldOfViewByTheTangentRule(
        int width, int height, int x, int y, int cropWidth, int cropHeight)
    {
        var capabilities = Ov5647.Capabilities(new PixelSize(width, height));

        Assert.Equal(new PixelRectangle(x, y, cropWidth, cropHeight), capabilities.ScalerCropMaximum);
        Assert.Equal(Part(53.5, cropWidth / 2592.0), capabilities.HorizontalFieldOfView!.Value, 1e-6);
        Assert.Equal(Part(41.4, cropHeight / 1944.0), capabilities.VerticalFieldOfView!.Value, 1e-6);
        Assert.True(new PixelRectangle(0, 0, 2592, 1944).Contains(capabilities.ScalerCropMaximum!.Value));
    }

    private static double Part(double degrees, double fraction) =>
        2 * Math.Atan(Math.Tan(degrees * Math.PI / 360) * fraction) * 180 / Math.PI;
}

using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class StreamFormatTests
{
    private static readonly PanTilt Sky = new(100, 20);
    private static readonly PanTilt[] Stars = [new(90, 20), new(110, 20), new(90, 30), new(110, 30), new(90, 10), new(110, 10)];

    [Fact]
    public async Task Size_Changed_FramesCapabilitiesAndFieldOfViewFollow()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6), Sky, 800);
        var configured = rig.Stream.Capabilities;
        Assert.Contains(new PixelSize(800, 450), configured.Sizes);
        Assert.Contains(new PixelSize(1920, 1080), configured.Sizes);
        foreach (var size in configured.Sizes.Append(new PixelSize(640, 480)))
        {
            var before = rig.Stream.Capabilities;
            var picture = await rig.TakeWithAsync(CameraRig.Fixed(6) with { Size = size });
            var now = rig.Stream.Capabilities;

            Assert.Equal(before.Size == size, ReferenceEquals(before, now));
            Assert.Equal((size, size), (new PixelSize(picture.Width, picture.Height), now.Size));
            Assert.True(now.SensorMode!.Size.Width >= size.Width && now.SensorMode.Size.Height >= size.Height);
            Assert.Equal(now.ScalerCropMaximum, picture.Metadata.ScalerCrop);
            Assert.InRange((double)now.ScalerCropMaximum!.Value.Width / now.ScalerCropMaximum.Value.Height * size.Height / size.Width, 0.99, 1.01);
            AssertStars(picture);
        }

        Assert.Equal(0, rig.Stream.DroppedFrames);
    }

    [Fact]
    public async Task SensorMode_Each_HasItsFrameRateAndFieldOfView()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6), Sky, 640);
        var narrowest = rig.Stream.Capabilities.HorizontalFieldOfView;
        foreach (var mode in rig.Stream.Capabilities.SensorModes)
        {
            var picture = await rig.TakeWithAsync(CameraRig.Fixed(6) with { SensorMode = mode.Size, FrameRate = 1000 });
            var now = rig.Stream.Capabilities;

            Assert.Equal(mode, now.SensorMode);
            Assert.Equal(mode.MaximumFrameRate, now.FrameRate!.Maximum);
            Assert.InRange(picture.Metadata.FrameDuration!.Value.TotalSeconds * mode.MaximumFrameRate, 0.9999, 1.0001);
            Assert.True(mode.Crop.Contains(now.ScalerCropMaximum!.Value));
            AssertStars(picture);
            narrowest = Math.Min(narrowest!.Value, now.HorizontalFieldOfView!.Value);
            Assert.Equal(mode.Size.Width == 1920, now.HorizontalFieldOfView < 45);
        }

        Assert.InRange(narrowest!.Value, 40, 42);
        await rig.ReadWithAsync(CameraRig.Fixed(6));
        Assert.Equal(new PixelSize(640, 480), rig.Stream.Capabilities.SensorMode!.Size);
    }

    [Fact]
    public async Task Capabilities_BeforeTheFirstFrameOfAnotherSize_AreTheFormerOnes()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6), Sky, 320);
        var last = await rig.ReadAsync();
        await rig.ApplyAsync(CameraRig.Fixed(6) with { Size = new PixelSize(960, 540) });
        for (var i = 0; i < 5; i++)
        {
            var frame = await rig.ReadAsync();
            Assert.Equal(frame.Metadata.ControlsVersion == rig.Version ? 960 : 320, frame.Width);
            Assert.Equal(frame.Width, rig.Stream.Capabilities.Size.Width);
            Assert.InRange(frame.Metadata.SensorTimestamp - last.Metadata.SensorTimestamp, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(150));
            last = frame;
        }

        Assert.Equal(960, last.Width);
    }

    [Fact]
    public async Task Open_WithSizeAndMode_BeginsWithThem()
    {
        var controls = CameraRig.Fixed(6) with { Size = new PixelSize(640, 480), SensorMode = new PixelSize(2592, 1944) };
        await using var rig = await CameraRig.OpenAsync(controls, Sky, 320);

        Assert.Equal((controls.Size, controls.SensorMode), (rig.Stream.Capabilities.Size, rig.Stream.Capabilities.SensorMode!.Size));
        var picture = await rig.TakeAsync();
        Assert.Equal((640, 480), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Size_NotOffered_StaysAsConfigured()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6) with { Size = new PixelSize(5000, 7), SensorMode = new PixelSize(3, 3) }, Sky, 320);

        Assert.Equal(320, (await rig.ReadAsync()).Width);
    }

    [Fact]
    public async Task Size_OfAnotherShape_KeepsTheZoomedPictureInShape()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6), Sky, 640);
        var zoomed = rig.Zoomed(CameraRig.Fixed(6));
        var picture = await rig.TakeWithAsync(zoomed with { Size = new PixelSize(640, 480) });
        var crop = picture.Metadata.ScalerCrop!.Value;

        Assert.InRange((double)crop.Width / crop.Height, 1.32, 1.35);
        Assert.True(rig.Stream.Capabilities.ScalerCropMaximum!.Value.Contains(crop));
        Assert.InRange(crop.X + (crop.Width / 2) - (zoomed.ScalerCrop!.Value.X + (zoomed.ScalerCrop.Value.Width / 2)), -2, 2);
    }

    private static void AssertStars(Picture picture)
    {
        var seen = 0;
        foreach (var star in Stars)
        {
            var expected = picture.Place(star);
            if (expected.X < 40 || expected.X > picture.Width - 40 || expected.Y < 40 || expected.Y > picture.Height - 40)
            {
                continue;
            }

            var found = picture.Centroid(expected, (int)(0.4 * picture.PixelsPerDegree));
            Assert.InRange(found.X - expected.X, -0.6, 0.6);
            Assert.InRange(found.Y - expected.Y, -0.6, 0.6);
            seen++;
        }

        Assert.True(seen >= 2, $"Only {seen} stars are in the picture.");
    }
}

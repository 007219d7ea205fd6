using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class EncodingTests
{
    private static readonly PanTilt IntoTheSun = new(-15, 3);
    private static readonly PanTilt AtTheStone = new(150, -60);

    [Fact]
    public async Task SetEncoding_Off_FramesComeAtTheirRateWithoutPictures()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, width: 320);
        var first = await rig.ReadAsync();
        await SetAsync(rig, false);
        var frames = await rig.ReadAsync(40);

        Assert.True(first.HasPicture);
        Assert.All(frames, f => Assert.False(f.HasPicture));
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.Equal(
            pair.First.Metadata.FrameDuration, pair.Second.Metadata.SensorTimestamp - pair.First.Metadata.SensorTimestamp));
        Assert.Equal(0, rig.Stream.DroppedFrames);
        await SetAsync(rig, true);
        Assert.True((await rig.TakeAsync()).Brightness() > 0.05);
    }

    [Fact]
    public async Task SetEncoding_Off_ControlsAndCapabilitiesStillFollow()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, width: 320);
        await SetAsync(rig, false);
        var size = new PixelSize(640, 480);
        var frame = await rig.ReadWithAsync(CameraRig.Fixed(3, 2) with { Size = size });

        Assert.Equal((3, 2.0), (frame.Metadata.ExposureTime!.Value.TotalMilliseconds, frame.Metadata.AnalogueGain));
        Assert.Equal((size, size), (new PixelSize(frame.Width, frame.Height), rig.Stream.Capabilities.Size));
        await SetAsync(rig, true);
        var picture = await rig.TakeAsync();
        Assert.Equal(size, new PixelSize(picture.Width, picture.Height));
    }

    [Fact]
    public async Task SetEncoding_Off_AutomaticExposureAndWhiteBalanceGoOnAsWithPictures()
    {
        var shown = await SettleAsync(true);
        var hidden = await SettleAsync(false);

        foreach (var (with, without) in shown.Zip(hidden))
        {
            Assert.True(without.Metadata.AeLocked);
            Assert.InRange(Total(without) / Total(with), 0.9, 1.1);
            Assert.InRange(without.Metadata.ColourTemperature!.Value / with.Metadata.ColourTemperature!.Value, 0.95, 1.05);
            Assert.InRange(without.Metadata.Lux!.Value / with.Metadata.Lux!.Value, 0.95, 1.05);
        }

        Assert.True(Total(hidden[0]) < Total(hidden[1]) / 2);

        static async Task<Frame[]> SettleAsync(bool encoding)
        {
            await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, IntoTheSun, 320);
            await SetAsync(rig, encoding);
            var bright = (await rig.RunAsync(TimeSpan.FromSeconds(3)))[^1];
            rig.Aim(AtTheStone.Pan, AtTheStone.Tilt);
            return [bright, (await rig.RunAsync(TimeSpan.FromSeconds(3)))[^1]];
        }
    }

    private static ValueTask SetAsync(CameraRig rig, bool wanted) => rig.Stream.SetEncodingAsync(wanted, TestContext.Current.CancellationToken);

    private static double Total(Frame frame) =>
        frame.Metadata.ExposureTime!.Value.TotalSeconds * frame.Metadata.AnalogueGain!.Value;
}

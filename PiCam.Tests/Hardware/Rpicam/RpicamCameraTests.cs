using System.Security.Cryptography;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Rpicam;

/// <summary>The camera by rpicam-vid, on a scripted one that takes the real one's options and no others.</summary>
public sealed class RpicamCameraTests
{
    private static async Task<CameraLostException> LostAsync(FakeRpicam rpicam)
    {
        await using var stream = await OpenAsync(rpicam);
        return await Assert.ThrowsAsync<CameraLostException>(() => UntilAsync(stream, _ => false, "the trouble"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_Ov5647_KnowsWhatItCanDo()
    {
        using var rpicam = new FakeRpicam();
        await using var stream = await OpenAsync(rpicam);
        var can = stream.Capabilities;

        Assert.Equal(("OV5647", "rpicam", new PixelSize(640, 360)), (can.Model, can.Source, can.Size));
        Assert.True(can.RestartsForChanges);
        Assert.Equal(new PixelSize(2592, 1944), can.SensorSize);
        Assert.Equal([58.9, 46.3, 32.8, 15.6], can.SensorModes.Select(m => m.MaximumFrameRate));
        Assert.Equal(new PixelSize(640, 480), can.SensorMode!.Size);
        Assert.Equal(new PixelRectangle(348, 434, 1928, 1080), can.SensorModes[2].Crop);
        Assert.Equal((TimeSpan.FromMicroseconds(130), TimeSpan.FromMicroseconds(969_249)), (can.ExposureTime!.Minimum, can.ExposureTime.Maximum));
        Assert.Equal((1, 63.9375), (can.AnalogueGain!.Minimum, can.AnalogueGain.Maximum));
        Assert.Equal((0, 15.99), (can.Contrast!.Minimum, can.Contrast.Maximum));
        Assert.Equal((0.1, 32), (can.ColourGains!.Minimum, can.ColourGains.Maximum));
        Assert.Equal([AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60], can.AeFlickerModes);
        Assert.Equal(7, can.AwbModes.Count);
        Assert.Empty(can.AeConstraintModes);
        Assert.Null(can.ColourTemperature);
        Assert.Empty(can.AfModes);
        Assert.Null(can.LensPosition);
        Assert.Equal(58.92, can.FrameRate!.Maximum, 0.001);
        Assert.Equal(new PixelRectangle(16, 240, 2560, 1440), can.ScalerCropMaximum);
        Assert.Equal(53, can.HorizontalFieldOfView!.Value, 0.1);
        Assert.Equal("OV5647 by rpicam-vid", rpicam.Camera.Description);
    }

    [Fact]
    public async Task Open_OldProgram_OffersWhatIsDocumentedAndNoOptionThatItLacks()
    {
        using var rpicam = new FakeRpicam("old=1");
        await using var stream = await rpicam.Camera.OpenAsync(
            new CameraControls { AeFlickerMode = AeFlickerMode.Hz50, AnalogueGain = 4, ExposureTime = TimeSpan.FromMilliseconds(8) }, 3, Token);

        Assert.Equal((1, 16), (stream.Capabilities.AnalogueGain!.Minimum, stream.Capabilities.AnalogueGain.Maximum));
        Assert.Empty(stream.Capabilities.AeFlickerModes);
        Assert.Empty(stream.Capabilities.AfModes);

        // It says nothing of its frames: what was handed over is in force.
        var frame = await stream.ReadAsync(Token);
        Assert.Equal((3, 4, TimeSpan.FromMilliseconds(8)), (frame.Metadata.ControlsVersion, frame.Metadata.AnalogueGain, frame.Metadata.ExposureTime));
    }

    [Fact]
    public async Task Open_SecondOfTwoCamerasById_IsTheOneWithFocus()
    {
        using var rpicam = new FakeRpicam("sensors=ov5647,imx708", "/base/soc/i2c0mux/i2c@1/imx708@1a");
        await using var stream = await OpenAsync(rpicam);

        Assert.Equal("IMX708", stream.Capabilities.Model);
        Assert.Equal(3, stream.Capabilities.AfModes.Count);
        Assert.Equal([HdrMode.Off, HdrMode.SingleExposure], stream.Capabilities.HdrModes);
        Assert.Contains("--camera=1", Assert.Single(rpicam.Starts));
    }

    [Fact]
    public async Task Read_Running_GivesMovingPicturesWithWhatTheSensorDid()
    {
        using var rpicam = new FakeRpicam();
        await using var stream = await OpenAsync(rpicam);

        var frames = new List<Frame>();
        await UntilAsync(stream, frame => { frames.Add(frame); return frames.Count == 10; }, "ten pictures");

        // Now: nobody reads those that come while these are looked at.
        Assert.Equal(0, stream.DroppedFrames);
        Assert.All(frames, frame =>
        {
            using var picture = SKBitmap.Decode(frame.Jpeg);
            Assert.Equal((640, 360), (picture.Width, picture.Height));
        });
        Assert.Equal(10, frames.Select(frame => Convert.ToHexString(SHA256.HashData(frame.Jpeg))).Distinct().Count());
        var metadata = frames[^1].Metadata;
        Assert.Equal((TimeSpan.FromMicroseconds(9_994), 2, 1), (metadata.ExposureTime, metadata.AnalogueGain, metadata.DigitalGain));
        Assert.Equal((new ColourGains(1.9, 1.4), 412, true), (metadata.ColourGains, metadata.FocusFoM, metadata.AeLocked));
        Assert.Equal((null, null), (metadata.LensPosition, metadata.SensorTemperature));
        Assert.Equal(33.3, metadata.FrameDuration!.Value.TotalMilliseconds, 0.1);
        Assert.Null(stream.RestartGap);
    }

    [Fact]
    public async Task Apply_OtherExposure_StartsItAnewOnceAndMeasuresTheGap()
    {
        using var rpicam = new FakeRpicam("start=300");
        await using var stream = await OpenAsync(rpicam);

        await stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(20), ScalerCrop = new(656, 600, 1280, 720) }, 2, Token);
        var frame = await UntilAsync(stream, f => f.Metadata.ControlsVersion == 2, "the new exposure");
        frame = await UntilAsync(stream, f => f.Metadata.ExposureTime == TimeSpan.FromMilliseconds(20), "what the sensor says of it");

        Assert.Equal(new PixelRectangle(656, 600, 1280, 720), frame.Metadata.ScalerCrop);
        Assert.True(stream.RestartGap >= TimeSpan.FromMilliseconds(300), $"{stream.RestartGap}");
        Assert.Equal(2, rpicam.Starts.Count);
        Assert.Contains("--shutter=20000", rpicam.Starts[1]);
        Assert.Equal(1, rpicam.Lists);
        Assert.Single(rpicam.Processes);
    }

    [Fact]
    public async Task Apply_SizeAndMode_AreKnownWithTheFirstPicture()
    {
        using var rpicam = new FakeRpicam();
        await using var stream = await OpenAsync(rpicam);

        await stream.ApplyAsync(new CameraControls { Size = new(640, 480), SensorMode = new(1920, 1080) }, 2, Token);
        var frame = await UntilAsync(stream, f => f.Metadata.ControlsVersion == 2, "the new size");

        Assert.Equal((640, 480), (frame.Width, frame.Height));
        Assert.Equal(new PixelSize(1920, 1080), stream.Capabilities.SensorMode!.Size);
        Assert.Equal(new PixelRectangle(592, 434, 1440, 1080), stream.Capabilities.ScalerCropMaximum);
    }

    [Fact]
    public async Task Apply_WhatThePageDoes_StartsNothing()
    {
        using var rpicam = new FakeRpicam();
        await using var stream = await OpenAsync(rpicam);
        var id = Assert.Single(rpicam.Processes);

        await stream.ApplyAsync(new CameraControls { Rotation = Rotation.Rotate90 }, 2, Token);
        await UntilAsync(stream, f => f.Metadata.ControlsVersion == 2, "the version");

        Assert.Equal(id, Assert.Single(rpicam.Processes));
        Assert.Null(stream.RestartGap);
    }

    [Fact]
    public async Task SetEncoding_NobodyWantsPictures_NoneRunsUntilSomebodyDoes()
    {
        using var rpicam = new FakeRpicam();
        await using var stream = await OpenAsync(rpicam);

        await stream.SetEncodingAsync(false, Token);
        await Eventually.TrueAsync(() => rpicam.Processes.Count == 0, "rpicam-vid rests", Token);
        await stream.ApplyAsync(new CameraControls { AnalogueGain = 4 }, 2, Token);
        await stream.SetEncodingAsync(true, Token);
        await UntilAsync(stream, f => f.HasPicture && f.Metadata.ControlsVersion == 2, "pictures with the new gain");

        Assert.Single(rpicam.Processes);
        Assert.Contains("--gain=4", rpicam.Starts[^1]);
    }

    [Fact]
    public async Task Read_TalkativeProgram_IsNotHeldUp()
    {
        using var rpicam = new FakeRpicam("chatter=1");
        await using var stream = await OpenAsync(rpicam);
        var seen = 0;

        var frame = await UntilAsync(stream, _ => ++seen > 60, "pictures go on");

        Assert.Equal(2, frame.Metadata.AnalogueGain);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("huge")]
    public async Task Read_PictureThatIsNone_IsDroppedAndCountedAndTheNextOneComes(string trouble)
    {
        using var rpicam = new FakeRpicam($"trouble={trouble}");
        await using var stream = await OpenAsync(rpicam);

        await UntilAsync(stream, _ => stream.DroppedFrames > 0, "it is counted");
        var seen = 0;
        await UntilAsync(stream, _ => ++seen > 5, "pictures go on");
    }

    [Theory]
    [InlineData("sensors=", "camera.notConnected")]
    [InlineData("sensors=busy;trouble=acquire", "camera.busy")]
    [InlineData("trouble=configure", "camera.busy")]
    [InlineData("trouble=permission", "camera.forbidden")]
    [InlineData("trouble=platform", "camera.rpicamFailed")]
    public async Task Open_ItRefuses_SaysWhyAndWhatToDo(string script, string code)
    {
        using var rpicam = new FakeRpicam(script);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(rpicam));

        Assert.Equal(code, lost.Reason.Code);
        Assert.Empty(rpicam.Processes);
    }

    [Fact]
    public async Task Open_UnknownId_SaysSo()
    {
        using var rpicam = new FakeRpicam(id: "/base/nowhere");

        Assert.Equal("camera.notOfThisId", (await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(rpicam))).Reason.Code);
    }

    [Fact]
    public async Task Open_NotInstalled_SaysHowToGetIt()
    {
        using var rpicam = new FakeRpicam();
        File.Delete(rpicam.Executable);

        Assert.Equal(CameraLoss.RpicamMissing, (await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(rpicam))).Reason);
    }

    [Theory]
    [InlineData("die", "rpicam-vid ended with exit code 255: ERROR: *** failed to queue request ***")]
    [InlineData("stall", "The camera has gone")]
    public async Task Read_ItEndsOrStalls_IsLostWithTheReason(string trouble, string reason)
    {
        using var rpicam = new FakeRpicam($"trouble={trouble};after=15");
        var lost = await LostAsync(rpicam);
        for (var again = 0; again < 3 && lost.Message.Contains("gave nothing", StringComparison.Ordinal); again++)
        {
            // A machine that stood still for 3 s stalled it before its time.
            lost = await LostAsync(rpicam);
        }

        Assert.Contains(reason, lost.Message, StringComparison.Ordinal);
        Assert.Empty(rpicam.Processes);
    }

    [Theory]
    [InlineData(SystemProcess.SigKill, "rpicam-vid was ended by signal 9")]
    [InlineData(SystemProcess.SigStop, "rpicam-vid gave nothing for 3 s and was ended")]
    public async Task Read_KilledOrStopped_IsLostAndOpensAgainAsOneProcess(int signal, string reason)
    {
        using var rpicam = new FakeRpicam();
        await using (var stream = await OpenAsync(rpicam))
        {
            var seen = 0;
            await UntilAsync(stream, _ => ++seen > 10, "ten pictures");
            SystemProcess.Signal(Assert.Single(rpicam.Processes), signal);

            var lost = await Assert.ThrowsAsync<CameraLostException>(() => UntilAsync(stream, _ => false, "the loss"));

            // What rpicam-vid says of its frames is no reason.
            Assert.Equal($"rpicam-vid failed: {reason}.", lost.Message);
        }

        await using var again = await OpenAsync(rpicam);
        Assert.Single(rpicam.Processes);
        Assert.Equal(1, rpicam.Lists);
    }

    [Fact]
    public async Task Dispose_ItIgnoresSigterm_IsKilled()
    {
        using var rpicam = new FakeRpicam("trouble=deaf");
        var stream = await OpenAsync(rpicam);
        Assert.Single(rpicam.Processes);

        await stream.DisposeAsync();

        Assert.Empty(rpicam.Processes);
    }

    private static Task<ICameraStream> OpenAsync(FakeRpicam rpicam) => rpicam.Camera.OpenAsync(CameraControls.Automatic, 1, Token);

    private static async Task<Frame> UntilAsync(ICameraStream stream, Func<Frame, bool> condition, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                if (await stream.ReadAsync(patience.Token) is var frame && condition(frame))
                {
                    return frame;
                }
            }
            catch (OperationCanceledException) when (!Token.IsCancellationRequested)
            {
                throw new TimeoutException($"After 30 s still not: {what}");
            }
        }
    }
}

using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Libcamera;

/// <summary>The C# side of the camera helper, on a scripted one that behaves, and misbehaves, as a Raspberry Pi's would.</summary>
public sealed class LibcameraCameraTests
{
    private static readonly string[] FewControls = ["ExposureTime", "FrameDurationLimits"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_Ov5647_KnowsWhatItCanDo()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);
        var can = stream.Capabilities;

        Assert.Equal(("OV5647", "libcamera", new PixelSize(1280, 720)), (can.Model, can.Source, can.Size));
        Assert.Equal(new PixelSize(2592, 1944), can.SensorSize);
        Assert.Equal([58.9, 43.3, 30.6, 15.6], can.SensorModes.Select(m => m.MaximumFrameRate));
        Assert.Equal((TimeSpan.FromMicroseconds(130), TimeSpan.FromMicroseconds(969_249)), (can.ExposureTime!.Minimum, can.ExposureTime.Maximum));
        Assert.Equal((1, 63.9375), (can.AnalogueGain!.Minimum, can.AnalogueGain.Maximum));
        Assert.Equal([AeExposureMode.Normal, AeExposureMode.Short, AeExposureMode.Long], can.AeExposureModes);
        Assert.Equal([AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60], can.AeFlickerModes);
        Assert.Equal(7, can.AwbModes.Count);
        Assert.Equal(5, can.NoiseReductionModes.Count);
        Assert.Empty(can.AfModes);
        Assert.Null(can.LensPosition);
        Assert.Equal(43.2, can.FrameRate!.Maximum, 0.1);
        Assert.Equal(new PixelRectangle(0, 243, 2592, 1458), can.ScalerCropMaximum);
        Assert.Equal(53.5, can.HorizontalFieldOfView!.Value, 0.01);
        Assert.Equal(31.7, can.VerticalFieldOfView!.Value, 0.1);
        Assert.True(can.Flips);
        Assert.Contains(new PixelSize(1920, 1080), can.Sizes);
        Assert.Equal("OV5647 by libcamera", helper.Camera.Description);
    }

    [Fact]
    public async Task Open_Imx708_HasFocusAndHdr()
    {
        using var helper = new FakeHelper("--sensor imx708");
        await using var stream = await OpenAsync(helper);

        Assert.Equal([AfMode.Continuous, AfMode.Auto, AfMode.Manual], stream.Capabilities.AfModes);
        Assert.Equal(32, stream.Capabilities.LensPosition!.Maximum);
        Assert.Equal(5, stream.Capabilities.HdrModes.Count);
        Assert.Equal(66, stream.Capabilities.HorizontalFieldOfView!.Value, 0.01);
    }

    [Fact]
    public async Task Open_SensorWithFewControls_IsSentNoOthers()
    {
        using var helper = new FakeHelper("--sensor few");
        await using var stream = await OpenAsync(helper);
        var can = stream.Capabilities;
        Assert.Null(can.AnalogueGain);
        Assert.Null(can.ScalerCropMaximum);
        Assert.Null(can.HorizontalFieldOfView);
        Assert.Empty(can.AwbModes);

        await stream.ApplyAsync(
            new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 4, Brightness = 0.5, ColourGains = new(1, 1) }, 2, Token);
        await UntilAsync(stream, f => f.Metadata.ControlsVersion == 2, "the set is taken in");

        Assert.Equal(FewControls, helper.Commands[^1]["controls"]!.AsObject().Select(c => c.Key).Order());
    }

    [Fact]
    public async Task Apply_WholeState_IsSentByNameAndComesBackWithTheFrames()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);

        await stream.ApplyAsync(
            new CameraControls
            {
                ExposureTime = TimeSpan.FromMilliseconds(4),
                AnalogueGain = 3.5,
                ColourGains = new(1.5, 1.25),
                AeFlickerMode = AeFlickerMode.Hz50,
                NoiseReductionMode = NoiseReductionMode.HighQuality,
                FrameRate = 25,
                ScalerCrop = new(648, 607, 1296, 729),
            },
            7,
            Token);
        var frame = await UntilAsync(stream, f => f.Metadata.ExposureTime == TimeSpan.FromMilliseconds(4), "the sensor follows");

        Assert.Equal((7, 3.5, new ColourGains(1.5, 1.25)), (frame.Metadata.ControlsVersion, frame.Metadata.AnalogueGain, frame.Metadata.ColourGains));
        Assert.Equal(TimeSpan.FromMilliseconds(40), frame.Metadata.FrameDuration);
        Assert.Equal(new PixelRectangle(648, 607, 1296, 729), frame.Metadata.ScalerCrop);
        Assert.True(frame.Metadata.AeLocked);
        var sent = helper.Commands[^1]["controls"]!;
        Assert.Equal((4000, 2, 10_000, 1), (
            sent["ExposureTime"]!.GetValue<int>(), sent["NoiseReductionMode"]!.GetValue<int>(), sent["AeFlickerPeriod"]!.GetValue<int>(), sent["AeFlickerMode"]!.GetValue<int>()));
        Assert.False(sent["AwbEnable"]!.GetValue<bool>());
        Assert.Equal([40_000, 40_000], sent["FrameDurationLimits"]!.AsArray().Select(n => n!.GetValue<int>()));
    }

    [Fact]
    public async Task Apply_LongExposure_LowersTheRateByItself_AndLeavingItRestartsTheStream()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);
        await stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(900) }, 2, Token);
        var slow = await UntilAsync(stream, f => f.Metadata.ExposureTime == TimeSpan.FromMilliseconds(900), "the long exposure");
        Assert.True(slow.Metadata.FrameDuration >= TimeSpan.FromMilliseconds(900), $"{slow.Metadata.FrameDuration}");

        await stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromSeconds(2) }, 3, Token);
        await stream.ApplyAsync(CameraControls.Automatic, 4, Token);
        await UntilAsync(stream, f => f.Metadata.ControlsVersion == 4, "the way back");

        Assert.True(helper.Newest("configure")["restart"]!.GetValue<bool>());
    }

    /// <summary>R2: what takes long because people asked for it is no stall.</summary>
    [Fact]
    public async Task Read_ExposureBeyondTheStallLimit_IsNoLoss()
    {
        using var helper = new FakeHelper("--sensor imx708");
        await using var stream = await OpenAsync(helper);
        var exposure = TimeSpan.FromSeconds(4);
        var seen = 0;

        await stream.ApplyAsync(new CameraControls { ExposureTime = exposure }, 2, Token);
        await UntilAsync(stream, f => f.Metadata.ExposureTime == exposure && ++seen == 2, "two frames of 4 s");

        Assert.Single(helper.Processes);
    }

    [Fact]
    public async Task Apply_SizeModeAndTurn_ConfigureTheSameHelperAnew()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);

        await stream.ApplyAsync(
            new CameraControls { Size = new(640, 480), SensorMode = new(1296, 972), Rotation = Rotation.Rotate180, Quality = 55 }, 2, Token);
        var frame = await UntilAsync(stream, f => f.Metadata.ControlsVersion == 2, "the new configuration");

        Assert.Equal((640, 480), (frame.Width, frame.Height));
        Assert.Equal(new PixelSize(1296, 972), stream.Capabilities.SensorMode!.Size);
        Assert.Equal(new PixelRectangle(0, 0, 2592, 1944), stream.Capabilities.ScalerCropMaximum);
        var sent = helper.Newest("configure");
        Assert.Equal(("configure", 55, true, true), (
            sent["command"]!.GetValue<string>(), sent["quality"]!.GetValue<int>(), sent["horizontalFlip"]!.GetValue<bool>(), sent["verticalFlip"]!.GetValue<bool>()));
    }

    /// <summary>The field and the frame rates are another configuration's: what was asked comes again in the new one's terms.</summary>
    [Fact]
    public async Task Apply_OtherShape_ShowsTheWholeOfTheNewField()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);
        var zoomed = new CameraControls { Size = new(1280, 720), ScalerCrop = new(648, 607, 1296, 729), FrameRate = 25 };
        await stream.ApplyAsync(zoomed, 2, Token);
        await UntilAsync(stream, f => f.Metadata.ScalerCrop == zoomed.ScalerCrop, "the zoom");

        await stream.ApplyAsync(zoomed with { Size = new(640, 480) }, 3, Token);
        await UntilAsync(stream, f => f.Width == 640 && f.Metadata.ScalerCrop == stream.Capabilities.ScalerCropMaximum, "the whole field");

        Assert.Equal(new PixelRectangle(0, 0, 2592, 1944), stream.Capabilities.ScalerCropMaximum);
        var configured = helper.Newest("configure")["controls"]!.AsObject();
        Assert.False(configured.ContainsKey("ScalerCrop") || configured.ContainsKey("FrameDurationLimits"));
        Assert.Equal(40_000, helper.Newest("controls")["controls"]!["FrameDurationLimits"]![0]!.GetValue<int>());
    }

    [Fact]
    public async Task SetEncoding_Off_GivesMetadataOnly()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);

        await stream.SetEncodingAsync(false, Token);
        await UntilAsync(stream, f => !f.HasPicture, "frames without pictures");
        await stream.SetEncodingAsync(true, Token);
        await UntilAsync(stream, f => f.HasPicture, "frames with pictures");
    }

    [Fact]
    public async Task SetHalf_SecondStream_ComesBesideThePicture()
    {
        using var folder = new TemporaryFolder();
        byte[] small = [.. FakeCamera.Jpeg[..2], 0xFF, 0xFE, 0x00, 0x02, .. FakeCamera.Jpeg[2..]];
        await File.WriteAllBytesAsync(folder["half.jpg"], small, Token);
        using var helper = new FakeHelper($"--half '{folder["half.jpg"]}'");
        await using var stream = await OpenAsync(helper);
        Assert.Null((await stream.ReadAsync(Token)).Half);

        await stream.SetHalfAsync(true, Token);
        var frame = await UntilAsync(stream, f => f.Half is not null, "pictures of half the size");
        Assert.Equal((640, 360), (frame.Half!.Width, frame.Half.Height));
        Assert.Equal(small, frame.Half.Jpeg);
        Assert.Equal(FakeCamera.Jpeg, frame.Jpeg);
        Assert.Same(frame.Metadata, frame.Half.Metadata);

        await stream.SetHalfAsync(false, Token);
        await UntilAsync(stream, f => f.Half is null, "whole pictures only");
    }

    [Fact]
    public async Task SetHalf_NoSecondStream_IsNotAskedFor()
    {
        using var helper = new FakeHelper();
        await using var stream = await OpenAsync(helper);
        Assert.True(helper.Newest("configure")["half"]!.GetValue<bool>());

        await stream.SetHalfAsync(true, Token);
        await stream.SetEncodingAsync(false, Token);
        await UntilAsync(stream, f => !f.HasPicture, "the helper has heard all");

        Assert.DoesNotContain(helper.Commands, c => c["command"]!.GetValue<string>() == "half");
    }

    [Fact]
    public async Task SetHalf_WantedWhileThePictureIsSmall_ComesOnceItIsLarge()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["half.jpg"], FakeCamera.Jpeg, Token);
        using var helper = new FakeHelper($"--half '{folder["half.jpg"]}'");
        var small = CameraControls.Automatic with { Size = new(640, 360) };
        await using var stream = await helper.Camera.OpenAsync(small, 1, Token);
        await stream.SetHalfAsync(true, Token);
        await UntilAsync(stream, f => f.Width == 640 && f.Half is null, "small pictures");

        await stream.ApplyAsync(CameraControls.Automatic, 2, Token);

        await UntilAsync(stream, f => f.Width == 1280 && f.Half is { Width: 640 }, "pictures of half the size");
    }

    [Theory]
    [InlineData("--error noCamera", "camera.notConnected")]
    [InlineData("--error busy", "camera.busy")]
    [InlineData("--error noPermission", "camera.forbidden")]
    [InlineData("--error unknownCamera", "camera.notOfThisId")]
    [InlineData("--error libraryMismatch", "camera.helperOutdated")]
    [InlineData("--error configureFailed", "camera.helperFailed")]
    [InlineData("--trouble loader", "camera.helperOutdated")]
    public async Task Open_HelperRefuses_SaysWhyAndWhatToDo(string arguments, string code)
    {
        using var helper = new FakeHelper(arguments);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(helper));

        Assert.Equal(code, lost.Reason.Code);
    }

    [Fact]
    public async Task Open_NoHelper_SaysHowToGetIt()
    {
        var camera = new LibcameraCamera(
            new LibcameraCameraOptions { Helper = "/nowhere/picam-camera" },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<LibcameraCamera>.Instance);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => camera.OpenAsync(CameraControls.Automatic, 1, Token));

        Assert.Equal("camera.helperMissing", lost.Reason.Code);
        Assert.Contains("build-camera", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("die", "picam-camera ended with exit code 3: the last words")]
    [InlineData("lost", "The camera has gone")]
    [InlineData("garbage", "not its protocol")]
    [InlineData("truncate", "picam-camera ended by itself")]
    [InlineData("stall", "gave nothing for 3 s")]
    public async Task Read_HelperFails_IsLostWithTheReason(string trouble, string reason)
    {
        using var helper = new FakeHelper($"--trouble {trouble}");
        await using var stream = await OpenAsync(helper);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => UntilAsync(stream, _ => false, "the trouble"));

        Assert.Contains(reason, lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corrupt")]
    [InlineData("oversize")]
    public async Task Read_PictureThatIsNone_IsDroppedAndCountedAndTheNextOneComes(string trouble)
    {
        using var helper = new FakeHelper($"--trouble {trouble}");
        await using var stream = await OpenAsync(helper);
        var seen = 0;

        await UntilAsync(stream, f => f.HasPicture && ++seen > 20, "frames go on");

        Assert.Equal(1, stream.DroppedFrames);
    }

    [Fact]
    public async Task Read_TalkativeHelper_IsNotHeldUp()
    {
        using var helper = new FakeHelper("--chatter");
        await using var stream = await OpenAsync(helper);
        var seen = 0;

        await UntilAsync(stream, _ => ++seen > 100, "frames go on");
    }

    private static Task<ICameraStream> OpenAsync(FakeHelper helper) => helper.Camera.OpenAsync(CameraControls.Automatic, 1, Token);

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

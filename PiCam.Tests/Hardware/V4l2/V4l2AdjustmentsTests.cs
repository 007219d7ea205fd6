using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.V4l2;
using Xunit;

namespace PiCam.Tests.Hardware.V4l2;

/// <summary>The numbers are those of a common USB webcam.</summary>
public sealed class V4l2AdjustmentsTests
{
    private static readonly V4l2Adjustments Webcam = With(
        new(V4l2ControlId.Brightness, -64, 64, 1, 0, []),
        new(V4l2ControlId.Contrast, 0, 95, 1, 32, []),
        new(V4l2ControlId.Sharpness, 0, 8, 1, 0, []),
        new(V4l2ControlId.Gain, 0, 70, 10, 20, []),
        new(V4l2ControlId.AutoWhiteBalance, 0, 1, 1, 1, []),
        new(V4l2ControlId.WhiteBalanceTemperature, 2800, 6500, 10, 4600, []),
        new(V4l2ControlId.PowerLineFrequency, 0, 2, 1, 1, [0, 1, 2]),
        new(V4l2ControlId.ExposureAuto, 0, 3, 1, 3, [1, 3]),
        new(V4l2ControlId.ExposureAbsolute, 1, 5000, 1, 157, []));

    [Fact]
    public void Describe_Webcam_ReportsWhatItHasOnLibcamerasScales()
    {
        var capabilities = Webcam.Describe(Empty);

        Assert.Equal(new ControlRange<double>(-1, 1, 0), capabilities.Brightness);
        Assert.Equal(new ControlRange<double>(0, 2, 1), capabilities.Contrast);
        Assert.Equal(new ControlRange<double>(1, 2, 1), capabilities.Sharpness);
        Assert.Null(capabilities.Saturation);
        Assert.Equal(new ControlRange<double>(1, 8, 3), capabilities.AnalogueGain);
        Assert.Equal(new ControlRange<double>(2800, 6500, 4600), capabilities.ColourTemperature);
        Assert.Equal([AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60], capabilities.AeFlickerModes);
        Assert.Equal(TimeSpan.FromMicroseconds(100), capabilities.ExposureTime!.Minimum);
        Assert.Equal(TimeSpan.FromMilliseconds(500), capabilities.ExposureTime.Maximum);
        Assert.False(capabilities.Flips);
    }

    [Fact]
    public void For_Automatic_SetsTheDefaultsAndLeavesTheRestToTheCamera() => Assert.Equal(
        [
            (V4l2ControlId.ExposureAuto, 3), (V4l2ControlId.Gain, 20), (V4l2ControlId.AutoWhiteBalance, 1), (V4l2ControlId.Brightness, 0),
            (V4l2ControlId.Contrast, 32), (V4l2ControlId.Sharpness, 0), (V4l2ControlId.PowerLineFrequency, 0),
        ],
        Webcam.For(CameraControls.Automatic));

    [Fact]
    public void For_Manual_SwitchesEachAutomaticOffBeforeItsValue() => Assert.Equal(
        [
            (V4l2ControlId.ExposureAuto, 1), (V4l2ControlId.ExposureAbsolute, 200), (V4l2ControlId.Gain, 70),
            (V4l2ControlId.AutoWhiteBalance, 0), (V4l2ControlId.WhiteBalanceTemperature, 5000), (V4l2ControlId.Brightness, -32),
            (V4l2ControlId.Contrast, 64), (V4l2ControlId.Sharpness, 8), (V4l2ControlId.PowerLineFrequency, 2),
        ],
        Webcam.For(new CameraControls
        {
            ExposureTime = TimeSpan.FromMilliseconds(20),
            AnalogueGain = 8,
            ColourTemperature = 5000,
            Brightness = -0.5,
            Contrast = 1.5,
            Sharpness = 2,
            AeFlickerMode = AeFlickerMode.Hz60,
        }));

    [Fact]
    public void ReadBack_Manual_ConvertsBackAndSaysNothingOfAutomaticValues()
    {
        var asked = CameraControls.Automatic with { ExposureTime = TimeSpan.FromMilliseconds(20), AnalogueGain = 4.5 };

        Assert.Equal(
            new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(20), AnalogueGain = 4.5 },
            Webcam.ReadBack(asked, id => id == V4l2ControlId.Gain ? 35 : 200));
        Assert.Equal(new FrameMetadata(), Webcam.ReadBack(CameraControls.Automatic, _ => throw new InvalidOperationException("Asked.")));
    }

    [Fact]
    public void For_HalfTurn_MirrorsBothWays()
    {
        var flipping = With(new(V4l2ControlId.HorizontalFlip, 0, 1, 1, 0, []), new(V4l2ControlId.VerticalFlip, 0, 1, 1, 0, []));

        Assert.True(flipping.Describe(Empty).Flips);
        Assert.Equal(
            [(V4l2ControlId.HorizontalFlip, 1), (V4l2ControlId.VerticalFlip, 1)],
            flipping.For(CameraControls.Automatic with { Rotation = Rotation.Rotate180 }));
    }

    [Fact]
    public void For_ExtremeDevice_NeverLeavesItsRange()
    {
        var extreme = With(new V4l2Control(V4l2ControlId.Brightness, int.MinValue, int.MaxValue, 7, 5, []));

        foreach (var brightness in new[] { -1, -0.999, -0.1, 0, 0.1, 0.999, 1, 99, double.NegativeInfinity })
        {
            var value = Assert.Single(extreme.For(CameraControls.Automatic with { Brightness = brightness })).Value;
            Assert.True(value == 5 || ((long)value - int.MinValue) % 7 == 0, $"{brightness} → {value}");
        }
    }

    [Fact]
    public void Choose_JpegAndRawSizes_TakesTheLargestThatFitsAndJpegFirst()
    {
        V4l2Format[] formats =
        [
            new("YUYV", [new(640, 480), new(1280, 720), new(160, 120)]),
            new("MJPG", [new(640, 480), new(1280, 720), new(1920, 1080)]),
        ];

        Assert.Equal(("MJPG", new PixelSize(1280, 720)), Chosen(new(1280, 720), null));
        Assert.Equal(("MJPG", new PixelSize(640, 480)), Chosen(new(1000, 700), null));
        Assert.Equal(("YUYV", new PixelSize(160, 120)), Chosen(new(320, 240), null));
        Assert.Equal(("YUYV", new PixelSize(160, 120)), Chosen(new(100, 100), null));
        Assert.Equal(("MJPG", new PixelSize(640, 480)), Chosen(new(1280, 720), new PixelSize(640, 480)));
        Assert.Equal([new(160, 120), new(640, 480), new(1280, 720)], V4l2Mode.Choices(formats, new(1280, 720)));
        Assert.Null(V4l2Mode.Choose([], new(1280, 720), null));

        (string, PixelSize) Chosen(PixelSize maximum, PixelSize? wanted) =>
            V4l2Mode.Choose(formats, maximum, wanted) is { } mode ? (mode.Format.FourCc, mode.Size) : default;
    }

    private static CameraCapabilities Empty { get; } = new() { Model = "x", Source = "ffmpeg", Size = new(640, 480) };

    private static V4l2Adjustments With(params V4l2Control[] controls) => new(controls.ToDictionary(control => control.Id));
}

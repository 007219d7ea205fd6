using PiCam.Core.Cameras;
using PiCam.Core.Photography;
using Xunit;

namespace PiCam.Tests.Core.Photography;

public sealed class ExposurePresetTests
{
    private static readonly CameraCapabilities Camera = new()
    {
        Model = "OV5647",
        Source = "libcamera",
        Size = new(1280, 720),
        ExposureTime = new(TimeSpan.FromMicroseconds(130), TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(10)),
        AnalogueGain = new(1, 16, 1),
        FrameRate = new(0.1, 60, 30),
    };

    [Fact]
    public void On_Night_SixSecondsAtIso800AndNoFixedFrameRate()
    {
        var night = Find("Night").On(CameraControls.Automatic with { FrameRate = 15 }, Camera);

        Assert.Equal(CameraControls.Automatic with { ExposureTime = TimeSpan.FromSeconds(6), AnalogueGain = 8 }, night);
    }

    [Fact]
    public void On_DayThenAuto_LetsTheShutterThenTheGainGo()
    {
        var day = Find("Day").On(CameraControls.Automatic with { ExposureTime = TimeSpan.FromSeconds(6), FrameRate = 15 }, Camera);
        Assert.Equal(CameraControls.Automatic with { AnalogueGain = 1, FrameRate = 15 }, day);

        Assert.Equal(CameraControls.Automatic with { FrameRate = 15 }, Find("Auto").On(day, Camera));
    }

    [Fact]
    public void On_CameraWithLess_ComesAsNearAsItCan()
    {
        var camera = Camera with
        {
            ExposureTime = new(TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10)),
            AnalogueGain = new(2, 4, 2),
        };

        var night = Find("Night").On(CameraControls.Automatic, camera);

        Assert.Equal((TimeSpan.FromSeconds(1), 4.0), (night.ExposureTime, night.AnalogueGain));
        Assert.Equal(2, Find("Day").On(CameraControls.Automatic, camera).AnalogueGain);
        Assert.Empty(CameraControlsRules.Check(night, camera));
    }

    private static ExposurePreset Find(string name) => ExposurePreset.All.Single(p => p.Name == name);
}

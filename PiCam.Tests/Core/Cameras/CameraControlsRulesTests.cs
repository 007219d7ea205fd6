using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

public sealed class CameraControlsRulesTests
{
    public static TheoryData<string, CameraControls> OneWrong => new()
    {
        { ControlNames.ExposureTime, new() { ExposureTime = TimeSpan.FromSeconds(7) } },
        { ControlNames.AnalogueGain, new() { AnalogueGain = 0.5 } },
        { ControlNames.AnalogueGain, new() { AnalogueGain = double.NaN } },
        { ControlNames.ExposureValue, new() { ExposureValue = -8.5 } },
        { ControlNames.AwbMode, new() { AwbMode = AwbMode.Fluorescent } },
        { ControlNames.ColourGains, new() { ColourGains = new(1, 33) } },
        { ControlNames.ColourGains, new() { ColourGains = new(double.NaN, 1) } },
        { ControlNames.FrameRate, new() { FrameRate = 100 } },
        { ControlNames.ScalerCrop, new() { ScalerCrop = new(0, 0, 2592, 1458) } },
        { ControlNames.ScalerCrop, new() { ScalerCrop = new(0, 243, 100, 50) } },
        { ControlNames.ScalerCrop, new() { ScalerCrop = new(int.MaxValue, 243, 1000, 563) } },
    };

    [Theory]
    [MemberData(nameof(OneWrong))]
    public void Check_OneWrongValue_NamesIt(string field, CameraControls controls) =>
        Assert.Equal(field, Assert.Single(CameraControlsRules.Check(controls, FakeCamera.EveryControl)).Field);

    [Theory]
    [MemberData(nameof(OneWrong))]
    public void Fit_OneWrongValue_MakesItAcceptable(string field, CameraControls controls)
    {
        Assert.NotEmpty(field);
        Assert.Empty(CameraControlsRules.Check(
            CameraControlsRules.Fit(controls, FakeCamera.EveryControl), FakeCamera.EveryControl));
    }

    [Theory]
    [MemberData(nameof(OneWrong))]
    public void Check_CameraWithoutControls_RefusesEveryOne(string field, CameraControls controls)
    {
        var errors = CameraControlsRules.Check(controls, FakeCamera.NoControls);

        Assert.All(errors, e => Assert.Equal(field, e.Field));
        Assert.NotEmpty(errors);
        Assert.Equal(CameraControls.Automatic, CameraControlsRules.Fit(controls, FakeCamera.NoControls));
    }

    [Fact]
    public void Check_EndsOfEveryRange_AreAccepted()
    {
        var capabilities = FakeCamera.EveryControl;
        foreach (var high in new[] { false, true })
        {
            T End<T>(ControlRange<T> range)
                where T : struct, IComparable<T>
                => high ? range.Maximum : range.Minimum;

            var controls = new CameraControls
            {
                ExposureTime = End(capabilities.ExposureTime!),
                AnalogueGain = End(capabilities.AnalogueGain!),
                ExposureValue = End(capabilities.ExposureValue!),
                ColourGains = new(End(capabilities.ColourGains!), End(capabilities.ColourGains!)),
                FrameRate = End(capabilities.FrameRate!),
                ScalerCrop = capabilities.ScalerCropMaximum,
            };
            Assert.Empty(CameraControlsRules.Check(controls, capabilities));
        }
    }
}

using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Sequences;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Sequences;

public sealed class SequenceStepsTests
{
    private static readonly FrameMetadata Present = new()
    {
        ExposureTime = TimeSpan.FromMilliseconds(8),
        AnalogueGain = 2,
        ColourGains = new(1.5, 1.6),
    };

    [Fact]
    public void Bracket_ChangesTheShutterAndNothingElse()
    {
        var steps = SequenceSteps.Bracket(5, 1, CameraControls.Automatic, Present, FakeCamera.EveryControl);

        Assert.Equal([2000, 4000, 8000, 16_000, 32_000], steps.Select(s => s.Loan.ExposureTime!.Value.TotalMicroseconds));
        Assert.Equal([-2, -1, 0, 1, 2], steps.Select(s => s.Stops!.Value));
        Assert.All(steps, s => Assert.Equal((2, new ColourGains(1.5, 1.6)), (s.Loan.AnalogueGain!.Value, s.Loan.ColourGains!.Value)));
        Assert.All(steps, s => Assert.Equal(s.Stops!.Value, s.ReachedStops!.Value, 6));
        Assert.DoesNotContain(steps, s => s.IsClamped);
    }

    [Fact]
    public void Bracket_ShutterAtItsEnd_TakesTheRestFromTheGain()
    {
        var short0 = Present with { ExposureTime = TimeSpan.FromMicroseconds(200), AnalogueGain = 4 };

        var steps = SequenceSteps.Bracket(3, 2, CameraControls.Automatic, short0, FakeCamera.EveryControl);

        Assert.Equal((100, 2), (steps[0].Loan.ExposureTime!.Value.TotalMicroseconds, steps[0].Loan.AnalogueGain!.Value));
        Assert.Equal(-2, steps[0].ReachedStops!.Value, 6);
        Assert.False(steps[0].IsClamped);
    }

    [Fact]
    public void Bracket_BeyondEveryRange_SaysHowFarItCame()
    {
        var night = Present with { ExposureTime = TimeSpan.FromSeconds(3), AnalogueGain = 8 };

        var steps = SequenceSteps.Bracket(3, 3, CameraControls.Automatic, night, FakeCamera.EveryControl);

        Assert.Equal((6, 16), (steps[2].Loan.ExposureTime!.Value.TotalSeconds, steps[2].Loan.AnalogueGain!.Value));
        Assert.Equal(2, steps[2].ReachedStops!.Value, 6);
        Assert.Equal([false, false, true], steps.Select(s => s.IsClamped));
    }

    [Fact]
    public void Bracket_WhiteBalanceSetByHand_StaysAsItIs()
    {
        var fixedColours = CameraControls.Automatic with { ColourTemperature = 4000 };

        var steps = SequenceSteps.Bracket(3, 1, fixedColours, Present, FakeCamera.EveryControl);

        Assert.All(steps, s => Assert.Null(s.Loan.ColourGains));
        Assert.All(steps, s => Assert.Equal(4000, s.Loan.On(fixedColours).ColourTemperature));
    }

    [Fact]
    public void Bracket_FixedFrameRate_DoesNotShortenIt()
    {
        var asked = CameraControls.Automatic with { FrameRate = 30 };

        var brightest = SequenceSteps.Bracket(3, 3, asked, Present, FakeCamera.EveryControl)[2];

        Assert.Equal(64, StillRequest.Controls(brightest.Loan.On(asked), new(2592, 1944)).ExposureTime!.Value.TotalMilliseconds);
    }

    [Fact]
    public void Bracket_NobodyKnowsTheExposure_IsRefusedWithTheReason()
    {
        var unknown = Assert.Throws<SequenceRefusedException>(
            () => SequenceSteps.Bracket(3, 1, CameraControls.Automatic, new FrameMetadata(), FakeCamera.EveryControl));
        var impossible = Assert.Throws<SequenceRefusedException>(
            () => SequenceSteps.Bracket(3, 1, CameraControls.Automatic, Present, FakeCamera.NoControls));

        Assert.Equal((SequenceFault.ExposureUnknown, SequenceFault.ExposureFixed), (unknown.Reason, impossible.Reason));
    }

    [Fact]
    public void Focus_IsEvenInDioptresAtOneExposure()
    {
        var steps = SequenceSteps.Focus(5, 10, 0, CameraControls.Automatic, Present, FakeCamera.EveryControl);

        Assert.Equal([10, 7.5, 5, 2.5, 0], steps.Select(s => s.LensPosition!.Value));
        var taken = steps[1].Loan.On(CameraControls.Automatic);
        Assert.Equal((AfMode.Manual, 7.5, Present.ExposureTime, 2), (taken.AfMode, taken.LensPosition, taken.ExposureTime, taken.AnalogueGain));
    }
}

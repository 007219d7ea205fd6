using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Calibration;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Gimbals.Calibration;

public sealed class CalibratorTests : IAsyncDisposable
{
    private static readonly Caller Ana = new("1", "ana", Role.Administrator, "a");
    private static readonly Caller Bo = new("2", "bo", Role.Administrator, "b");

    private readonly GimbalRig rig = new();
    private readonly MemorySettingsStore store = new();
    private readonly Calibrator calibrator;

    public CalibratorTests() => calibrator = NewCalibrator(rig.Gimbal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Pulse(double degrees) => 1500 + (degrees * AxisSettings.NominalPulsePerDegree);

    public async ValueTask DisposeAsync()
    {
        calibrator.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task Finish_EndsMiddleAndTurn_MakeTheAxisAndSurviveARestart()
    {
        calibrator.Begin(Ana, Axis.Pan);
        Nudge(-800);
        calibrator.MarkLowEnd(Ana);
        Nudge(850);
        calibrator.MarkCentre(Ana);
        Nudge(850);
        calibrator.MarkHighEnd(Ana);
        Assert.Equal((700.0, 1550.0, 2400.0), (calibrator.Run!.LowEnd, calibrator.Run.Centre, calibrator.Run.HighEnd));

        await calibrator.FinishAsync(Ana, new CalibrationForm { Turn = 170, Inverted = true, MaximumSpeed = 40, DetachAfter = 0 });

        Assert.Null(calibrator.Run);
        Assert.Equal((-85.0, 85.0, 40.0), (rig.Gimbal.PanLimits.MinimumAngle, rig.Gimbal.PanLimits.MaximumAngle, rig.Gimbal.PanLimits.MaximumSpeed));
        Assert.Equal(-85, rig.Gimbal.Status.Position.Pan, 1e-6);
        rig.Gimbal.AbsoluteMove(GimbalRig.Ana, 20, 0);
        rig.AdvanceUntilIdle();
        Assert.Equal(1550 - (20 * 10), Pulse(rig.Pan.Degrees!.Value), 1e-6);

        await using var again = new GimbalRig();
        using var restarted = NewCalibrator(again.Gimbal);
        await restarted.StartAsync(Token);
        Assert.Equal(rig.Gimbal.PanLimits, again.Gimbal.PanLimits);
        Assert.Equal(-30, again.Gimbal.TiltLimits.MinimumAngle);
    }

    [Fact]
    public void Nudge_PastAMarkedEnd_GoesNoFurther()
    {
        calibrator.Begin(Ana, Axis.Tilt);
        Nudge(300);
        calibrator.MarkHighEnd(Ana);
        Nudge(200);
        Assert.Equal(1800, Pulse(rig.Tilt.Degrees!.Value), 1e-6);
        Assert.All(rig.Tilt.Writes, w => Assert.True(Pulse(w.Degrees) <= 1800 + 1e-6));
        Assert.All(rig.Pan.Writes, w => Assert.Equal(0, w.Degrees));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(double.NaN)]
    public void Nudge_TooFar_IsRefused(double microseconds)
    {
        calibrator.Begin(Ana, Axis.Pan);
        var refused = Assert.Throws<InvalidValueException>(() => calibrator.Nudge(Ana, microseconds));
        Assert.Equal("nudge", refused.Errors[0].Field);
        Assert.Empty(rig.Pan.Writes);
    }

    [Fact]
    public void WhileItRuns_NobodyElseAims_AndAfterCancelTheyDo()
    {
        calibrator.Begin(Ana, Axis.Pan);
        Assert.Equal("ana is calibrating the gimbal.", Assert.Throws<GimbalReservedException>(() => rig.Gimbal.GotoHome(Bo)).Message);
        Assert.Throws<GimbalReservedException>(() => rig.Gimbal.ContinuousMove(Bo, new(1, 0)));
        Assert.Throws<GimbalReservedException>(() => calibrator.Begin(Bo, Axis.Tilt));
        Nudge(-200);
        calibrator.Cancel(Bo);
        Assert.NotNull(calibrator.Run);

        calibrator.Cancel(Ana);

        Assert.Null(calibrator.Run);
        Assert.Equal((-90.0, 60.0), (rig.Gimbal.PanLimits.MinimumAngle, rig.Gimbal.PanLimits.MaximumSpeed));
        rig.Gimbal.AbsoluteMove(Bo, 0, 0);
        rig.AdvanceUntilIdle();
        Assert.Equal(0, rig.Pan.Degrees);
    }

    [Fact]
    public void Forgotten_ForLong_EndsByItself()
    {
        calibrator.Begin(Ana, Axis.Pan);
        rig.Time.Advance(Calibrator.Patience);

        Assert.Null(calibrator.Run);
        rig.Gimbal.GotoHome(Bo);
        Assert.Throws<InvalidValueException>(() => calibrator.Nudge(Ana, 10));
    }

    [Fact]
    public async Task Finish_SomethingMissingOrWrong_SaysItAllAndGoesOn()
    {
        calibrator.Begin(Ana, Axis.Pan);
        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => calibrator.FinishAsync(Ana, new CalibrationForm { Turn = 5 }));
        Assert.Equal(["lowEnd", "highEnd", "centre", "turn"], refused.Errors.Select(e => e.Field));

        calibrator.MarkCentre(Ana);
        Nudge(-300);
        calibrator.MarkLowEnd(Ana);
        Nudge(600);
        calibrator.MarkHighEnd(Ana);
        refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => calibrator.FinishAsync(Ana, new CalibrationForm { Turn = 60, HomeAngle = 40, MaximumSpeed = 0 }));
        Assert.Equal(["homeAngle", "maximumSpeed", "maximumAcceleration"], refused.Errors.Select(e => e.Field));
        Assert.NotNull(calibrator.Run);
    }

    [Fact]
    public async Task Reset_GoesBackToTheConfiguration()
    {
        await Finish_EndsMiddleAndTurn_MakeTheAxisAndSurviveARestart();

        await calibrator.ResetAsync(Bo, Axis.Pan);

        Assert.Equal((-90.0, 60.0), (rig.Gimbal.PanLimits.MinimumAngle, rig.Gimbal.PanLimits.MaximumSpeed));
        rig.Gimbal.GotoHome(GimbalRig.Ana);
    }

    [Fact]
    public async Task Start_StoredNonsense_IsNotUsed()
    {
        await store.SaveAsync("gimbal.calibration", new StoredCalibration(new AxisSettings { MinimumPulse = 100 }, null), Token);

        await calibrator.StartAsync(Token);

        Assert.Null(calibrator.Stored.Pan);
        Assert.Equal(-90, rig.Gimbal.PanLimits.MinimumAngle);
    }

    [Fact]
    public async Task EverythingOfIt_ByAnOperator_IsRefused()
    {
        Assert.Throws<AccessRefusedException>(() => calibrator.Begin(Callers.Operator, Axis.Pan));
        Assert.Throws<AccessRefusedException>(() => calibrator.Nudge(Callers.Operator, 10));
        Assert.Throws<AccessRefusedException>(() => calibrator.MarkLowEnd(Callers.Operator));
        Assert.Throws<AccessRefusedException>(() => calibrator.MarkHighEnd(Callers.Operator));
        Assert.Throws<AccessRefusedException>(() => calibrator.MarkCentre(Callers.Operator));
        await Assert.ThrowsAsync<AccessRefusedException>(() => calibrator.FinishAsync(Callers.Operator, new CalibrationForm()));
        await Assert.ThrowsAsync<AccessRefusedException>(() => calibrator.ResetAsync(Callers.Operator, Axis.Pan));
    }

    private Calibrator NewCalibrator(Gimbal gimbal) =>
        new(gimbal, Options.Create(new GimbalOptions()), store, rig.Time, NullLogger<Calibrator>.Instance);

    /// <summary>In steps as large as allowed, each to its end.</summary>
    private void Nudge(double microseconds)
    {
        for (var left = microseconds; left != 0; left -= Math.Clamp(left, -Calibrator.LargestNudge, Calibrator.LargestNudge))
        {
            calibrator.Nudge(Ana, Math.Clamp(left, -Calibrator.LargestNudge, Calibrator.LargestNudge));
            rig.AdvanceUntilIdle();
        }
    }
}

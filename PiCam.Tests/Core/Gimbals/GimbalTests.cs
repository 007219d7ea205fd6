using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

public sealed class GimbalTests : IAsyncDisposable
{
    private readonly GimbalRig rig = new();

    private Gimbal Gimbal => rig.Gimbal;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public void AtStart_NobodyAimed_ServosAreToldNothing()
    {
        var reports = CountReports();
        rig.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(rig.Pan.Writes);
        Assert.Empty(rig.Tilt.Writes);
        Assert.Equal(0, reports());
        Assert.Equal(new GimbalStatus(default, default, false, null, null), Gimbal.Status);
    }

    [Fact]
    public void GotoHome_FirstCommand_TellsBothServosHome()
    {
        Gimbal.GotoHome(GimbalRig.Ana);
        rig.AdvanceUntilIdle();

        Assert.Equal([0], rig.Pan.Writes.Select(w => w.Degrees));
        Assert.Equal([0], rig.Tilt.Writes.Select(w => w.Degrees));
    }

    [Fact]
    public void AbsoluteMove_BothAxes_ArrivesExactlyAndSaysWho()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 40, -20);
        Assert.True(Gimbal.Status.Moving);
        Assert.Equal(new PanTilt(40, -20), Gimbal.Status.Target);
        rig.AdvanceUntilIdle();

        Assert.Equal(new GimbalStatus(new(40, -20), new(40, -20), false, "ana", null), Gimbal.Status);
        Assert.Equal(40, rig.Pan.Degrees);
        Assert.Equal(-20, rig.Tilt.Degrees);
    }

    [Fact]
    public void AbsoluteMove_OneAxis_LeavesTheOtherToItsOwnMove()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 40, 30);
        rig.Advance(TimeSpan.FromMilliseconds(200));
        Gimbal.AbsoluteMove(GimbalRig.Bo, -10, null);
        rig.AdvanceUntilIdle();

        Assert.Equal(new PanTilt(-10, 30), Gimbal.Status.Position);
    }

    [Fact]
    public void AbsoluteMove_OneAxisDuringAContinuousMove_KeepsTheDeadMan()
    {
        Gimbal.ContinuousMove(GimbalRig.Ana, new(0.1, 0), TimeSpan.FromSeconds(1));
        rig.Advance(TimeSpan.FromMilliseconds(500));
        Gimbal.AbsoluteMove(GimbalRig.Bo, null, 10);
        rig.AdvanceUntilIdle();

        // A tenth of 60 °/s for 1 s, give or take the ends.
        Assert.InRange(Gimbal.Status.Position.Pan, 5, 7);
        Assert.Equal(10, Gimbal.Status.Position.Tilt);
    }

    [Theory]
    [InlineData(90.1, 0.0, "pan", "90.1°", "-90° to 90°")]
    [InlineData(-91.0, 0.0, "pan", "-91°", "-90° to 90°")]
    [InlineData(double.NaN, 0.0, "pan", "NaN°", "-90° to 90°")]
    [InlineData(0.0, 60.5, "tilt", "60.5°", "-30° to 60°")]
    public void AbsoluteMove_OutsideTheLimits_IsRefusedByNameValueAndRange(
        double pan, double tilt, string field, string value, string allowed)
    {
        var refused = Assert.Throws<InvalidValueException>(() => Gimbal.AbsoluteMove(GimbalRig.Ana, pan, tilt));

        Assert.Equal([new InvalidValue(field, value, allowed)], refused.Errors);
        Assert.Equal(new GimbalStatus(default, default, false, null, null), Gimbal.Status);
    }

    [Fact]
    public void AbsoluteMove_NoAxis_IsRefused() =>
        Assert.Throws<InvalidValueException>(() => Gimbal.AbsoluteMove(GimbalRig.Ana, null, null));

    [Fact]
    public void AbsoluteMove_AtAQuarterOfTheSpeed_IsNeverFasterAndArrives()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, null, speed: 0.25);
        rig.AdvanceUntilIdle();

        var speeds = Speeds();
        Assert.Equal(15, speeds.Max(), 1e-6);
        Assert.Equal(45, rig.Pan.Degrees);
    }

    [Fact]
    public void AbsoluteMove_SlowerInTheMiddleOfAFastMove_SlowsDownByTheProfile()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 90, null);
        rig.Advance(TimeSpan.FromMilliseconds(700));
        Gimbal.AbsoluteMove(GimbalRig.Ana, 90, null, speed: 0.1);
        rig.AdvanceUntilIdle();

        var speeds = Speeds();
        Assert.Equal(60, speeds.Max(), 1e-6);
        Assert.All(speeds.Zip(speeds.Skip(1), (a, b) => Math.Abs(b - a)), change => Assert.InRange(change, 0, 4.8 + 1e-6));
        Assert.Equal(90, rig.Pan.Degrees);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void AbsoluteMove_SpeedThatCannotBe_IsRefusedByName(double speed)
    {
        var refused = Assert.Throws<InvalidValueException>(() => Gimbal.AbsoluteMove(GimbalRig.Ana, 1, null, speed));

        Assert.Equal("speed", Assert.Single(refused.Errors).Field);
        Assert.False(Gimbal.Status.Moving);
    }

    [Fact]
    public void RelativeMove_BeyondALimit_EndsOnTheLimit()
    {
        Gimbal.RelativeMove(GimbalRig.Ana, new(10, 0));
        rig.AdvanceUntilIdle();
        Assert.Equal(new PanTilt(10, 0), Gimbal.Status.Position);

        Gimbal.RelativeMove(GimbalRig.Ana, new(-500, 1000));
        rig.AdvanceUntilIdle();
        Assert.Equal(new PanTilt(-90, 60), Gimbal.Status.Position);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RelativeMove_NotANumber_IsRefused(double tilt)
    {
        var refused = Assert.Throws<InvalidValueException>(() => Gimbal.RelativeMove(GimbalRig.Ana, new(0, tilt)));

        Assert.Equal("tilt", Assert.Single(refused.Errors).Field);
    }

    [Fact]
    public void ContinuousMove_NotRenewed_EndsAtItsTimeoutAndSlowsDownByTheProfile()
    {
        Gimbal.ContinuousMove(GimbalRig.Ana, new(1, 0));
        rig.AdvanceUntilIdle();

        // 1 s to the time-out, then 0.25 s from 60 °/s to rest by 240 °/s².
        var writes = rig.Pan.Writes;
        Assert.InRange(writes[^1].At, TimeSpan.FromSeconds(1.15), TimeSpan.FromSeconds(1.35));
        var speeds = writes.Zip(writes.Skip(1), (a, b) => (b.Degrees - a.Degrees) / Gimbal.Step.TotalSeconds).ToList();
        Assert.Equal(60, speeds.Max(), 1e-6);
        Assert.All(speeds.Zip(speeds.Skip(1), (a, b) => Math.Abs(b - a)), change => Assert.InRange(change, 0, 4.8 + 1e-6));
    }

    [Fact]
    public void ContinuousMove_Renewed_GoesOn()
    {
        for (var i = 0; i < 10; i++)
        {
            Gimbal.ContinuousMove(GimbalRig.Ana, new(0.25, 0), TimeSpan.FromSeconds(0.5));
            rig.Advance(TimeSpan.FromSeconds(0.4));
            Assert.True(Gimbal.Status.Moving);
        }

        // 15 °/s for 4 s.
        Assert.InRange(Gimbal.Status.Position.Pan, 58, 60);
    }

    [Fact]
    public void ContinuousMove_AgainstALimit_StopsOnTheLimitAndTheLoopRests()
    {
        Gimbal.ContinuousMove(GimbalRig.Ana, new(0, 1), TimeSpan.FromSeconds(10));
        rig.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(60, Gimbal.Status.Position.Tilt, 1e-6);
        Assert.False(Gimbal.Status.Moving);
        Assert.All(rig.Tilt.Writes, w => Assert.InRange(w.Degrees, -30, 60));
        var reports = CountReports();
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, reports());
    }

    [Theory]
    [InlineData(1.01, 0.0, 1.0, "pan")]
    [InlineData(0.0, -1.01, 1.0, "tilt")]
    [InlineData(double.NaN, 0.0, 1.0, "pan")]
    [InlineData(0.0, 0.0, 0.0, "timeout")]
    [InlineData(0.0, 0.0, -1.0, "timeout")]
    [InlineData(0.0, 0.0, 10.01, "timeout")]
    public void ContinuousMove_OutOfRange_IsRefusedByName(double pan, double tilt, double seconds, string field)
    {
        var refused = Assert.Throws<InvalidValueException>(
            () => Gimbal.ContinuousMove(GimbalRig.Ana, new(pan, tilt), TimeSpan.FromSeconds(seconds)));

        Assert.Equal(field, Assert.Single(refused.Errors).Field);
        Assert.False(Gimbal.Status.Moving);
    }

    [Fact]
    public void Stop_DuringAMove_ComesToRestWhereTheStatusSaid()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 90, null);
        rig.Advance(TimeSpan.FromMilliseconds(600));
        Gimbal.Stop(GimbalRig.Bo);
        var target = Gimbal.Status.Target;
        Assert.True(Gimbal.Status.Moving);
        rig.AdvanceUntilIdle();

        Assert.Equal(target.Pan, Gimbal.Status.Position.Pan, 1e-6);
        Assert.InRange(target.Pan, 20, 50);
        Assert.Equal("bo", Gimbal.Status.MovedBy);
    }

    [Fact]
    public void Stop_WhileIdle_ChangesNothing()
    {
        Gimbal.Stop(GimbalRig.Ana);
        rig.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(rig.Pan.Writes);
        Assert.Null(Gimbal.Status.MovedBy);
    }

    [Fact]
    public void AnyCommand_ByAViewer_IsRefused()
    {
        Action[] commands =
        [
            () => Gimbal.AbsoluteMove(GimbalRig.Viewer, 1, 1),
            () => Gimbal.RelativeMove(GimbalRig.Viewer, new(1, 1)),
            () => Gimbal.ContinuousMove(GimbalRig.Viewer, new(1, 1)),
            () => Gimbal.Stop(GimbalRig.Viewer),
            () => Gimbal.GotoHome(GimbalRig.Viewer),
        ];

        Assert.All(commands, command => Assert.Equal(Permission.Aim, Assert.Throws<AccessRefusedException>(command).Permission));
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(rig.Pan.Writes);
    }

    [Fact]
    public async Task AnyCommand_WithoutAGimbal_SaysSo()
    {
        await using var none = new GimbalRig(exists: false);
        Action[] commands =
        [
            () => none.Gimbal.AbsoluteMove(GimbalRig.Ana, 1, 1),
            () => none.Gimbal.RelativeMove(GimbalRig.Ana, new(1, 1)),
            () => none.Gimbal.ContinuousMove(GimbalRig.Ana, new(1, 1)),
            () => none.Gimbal.Stop(GimbalRig.Ana),
            () => none.Gimbal.GotoHome(GimbalRig.Ana),
        ];

        Assert.False(none.Gimbal.Exists);
        Assert.All(commands, command => Assert.Throws<GimbalMissingException>(command));
    }

    [Fact]
    public void Changed_DuringAMove_ComesAtMostTwentyTimesASecondAndOnceAtTheEnd()
    {
        var moments = new List<(TimeSpan At, bool Moving)>();
        var start = rig.Time.GetTimestamp();
        Gimbal.Changed += () => moments.Add((rig.Time.GetElapsedTime(start), Gimbal.Status.Moving));
        Gimbal.AbsoluteMove(GimbalRig.Ana, 90, null);
        rig.AdvanceUntilIdle();

        Assert.InRange(moments.Count, 20, 40);
        Assert.All(moments.SkipLast(2).Zip(moments.Skip(1)), pair =>
            Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMilliseconds(50)));
        Assert.False(moments[^1].Moving);
        Assert.All(moments.SkipLast(1), m => Assert.True(m.Moving));
    }

    private List<double> Speeds()
    {
        var writes = rig.Pan.Writes;
        return [.. writes.Zip(writes.Skip(1), (a, b) => (b.Degrees - a.Degrees) / Gimbal.Step.TotalSeconds)];
    }

    private Func<int> CountReports()
    {
        var reports = 0;
        Gimbal.Changed += () => reports++;
        return () => reports;
    }

    [Fact]
    public void Release_AfterAnAbsoluteMoveOfTheSameSession_LetsThatMoveGoOn()
    {
        Gimbal.ContinuousMove(GimbalRig.Ana, new(0.5, 0));
        rig.Advance(TimeSpan.FromMilliseconds(300));
        Gimbal.AbsoluteMove(GimbalRig.Ana, -60, 0);
        rig.Advance(TimeSpan.FromMilliseconds(300));

        Gimbal.Release(GimbalRig.Ana);
        rig.AdvanceUntilIdle();

        Assert.Equal(-60, Gimbal.Status.Position.Pan);
    }

    [Fact]
    public void ContinuousMove_ThenAnAbsoluteMoveOfTheOtherAxis_StillEndsByItsTimeout()
    {
        Gimbal.ContinuousMove(GimbalRig.Ana, new(0.2, 0));
        rig.Advance(TimeSpan.FromMilliseconds(300));
        Gimbal.AbsoluteMove(GimbalRig.Ana, null, 40);
        rig.AdvanceUntilIdle();

        Assert.InRange(Gimbal.Status.Position.Pan, 5, 30);
        Assert.Equal(40, Gimbal.Status.Position.Tilt);
    }
}

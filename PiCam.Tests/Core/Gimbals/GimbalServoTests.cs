using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>What the servos are told: faults and the way back, rest, start and end.</summary>
public sealed class GimbalServoTests : IAsyncDisposable
{
    private readonly GimbalRig rig = new();

    private Gimbal Gimbal => rig.Gimbal;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public void ServoThrows_InAMove_EndsTheMoveAndShowsWhyUntilAMoveWorks()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, 20);
        rig.Advance(TimeSpan.FromMilliseconds(300));
        var before = rig.Tilt.Degrees!.Value;
        rig.Tilt.FailWith(new IOException("no acknowledgement on the bus"));
        rig.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("The tilt servo failed: no acknowledgement on the bus", Gimbal.Status.Fault);
        Assert.False(Gimbal.Status.Moving);
        Assert.Equal(before, Gimbal.Status.Position.Tilt, 1e-6);
        Assert.InRange(Gimbal.Status.Position.Pan, 1, 30);

        rig.Tilt.FailWith(null);
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, 20);
        rig.AdvanceUntilIdle();
        Assert.Equal(new GimbalStatus(new(45, 20), new(45, 20), false, "ana", null), Gimbal.Status);
    }

    [Fact]
    public async Task StopAsync_InAMove_TellsTheServosNothingMore()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, 20);
        rig.Advance(TimeSpan.FromMilliseconds(300));
        await Gimbal.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (rig.Pan.Stops, rig.Tilt.Stops));
        var writes = rig.Pan.Writes.Count;
        Gimbal.GotoHome(GimbalRig.Ana);
        rig.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(writes, rig.Pan.Writes.Count);
    }

    [Fact]
    public void ServoFailsForAMoment_InAMove_NobodyNotices()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, 20);
        rig.Advance(TimeSpan.FromMilliseconds(300));
        rig.Tilt.FailNext(2, new IOException("no acknowledgement on the bus"));
        rig.AdvanceUntilIdle();

        Assert.Equal(new GimbalStatus(new(45, 20), new(45, 20), false, "ana", null), Gimbal.Status);
        Assert.Equal(20, rig.Tilt.Degrees);
    }

    [Fact]
    public void ServoComesBack_AfterAFault_IsToldAgainByItselfAndTheFaultGoes()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 45, 20);
        rig.Advance(TimeSpan.FromMilliseconds(300));
        rig.Pan.FailWith(new IOException("the board does not answer"));
        rig.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(Gimbal.Status.Fault);
        var held = rig.Pan.Degrees;

        rig.Pan.FailWith(null);
        rig.Advance(TimeSpan.FromSeconds(31));

        Assert.Null(Gimbal.Status.Fault);
        Assert.Equal(held, rig.Pan.Degrees);
        Assert.False(Gimbal.Status.Moving);
    }

    [Fact]
    public void Rest_ForAWhile_EndsThePulsesOnceAndTheNextMoveBeginsWhereItWas()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 30, 10);
        rig.AdvanceUntilIdle();
        Assert.Equal((0, 0), (rig.Pan.Stops, rig.Tilt.Stops));
        rig.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((1, 1), (rig.Pan.Stops, rig.Tilt.Stops));
        var writes = rig.Pan.Writes.Count;

        Gimbal.AbsoluteMove(GimbalRig.Ana, 40, null);
        rig.AdvanceUntilIdle();

        Assert.InRange(rig.Pan.Writes[writes].Degrees, 30, 31);
        Assert.Equal((40, 10), (rig.Pan.Degrees, rig.Tilt.Degrees));
        Assert.Equal(2, rig.Tilt.Writes.Count(w => w.Degrees == 10));
    }

    [Fact]
    public async Task Start_HardwareStillHoldsAnAngle_MotionBeginsThere()
    {
        rig.Pan.Sends = 1500 + (40 * AxisSettings.NominalPulsePerDegree);
        await Gimbal.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(40, Gimbal.Status.Position.Pan, 1e-9);
        Assert.Empty(rig.Pan.Writes);

        Gimbal.GotoHome(GimbalRig.Ana);
        rig.AdvanceUntilIdle();

        Assert.InRange(rig.Pan.Writes[0].Degrees, 39, 40);
        Assert.Equal(0, rig.Pan.Degrees);
    }

    [Fact]
    public async Task Start_HardwareStillHoldsAnAngle_IsLetGoAfterAWhile()
    {
        rig.Pan.Sends = 1500 + (40 * AxisSettings.NominalPulsePerDegree);
        await Gimbal.StartAsync(TestContext.Current.CancellationToken);

        rig.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((1, 0), (rig.Pan.Stops, rig.Tilt.Stops));
        Assert.Empty(rig.Pan.Writes);
    }

    [Fact]
    public void SomebodyAims_WhileTheServoIsLetGo_IsNotLost()
    {
        Gimbal.AbsoluteMove(GimbalRig.Ana, 10, null);
        rig.AdvanceUntilIdle();
        rig.Pan.OnStop = () => Gimbal.AbsoluteMove(GimbalRig.Ana, 40, null);

        rig.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(40, rig.Pan.Degrees);
        Assert.All(rig.Pan.Writes.Zip(rig.Pan.Writes.Skip(1)), pair => Assert.InRange(pair.Second.Degrees - pair.First.Degrees, 0, 2));
    }

    [Fact]
    public void Follower_ThatThrows_DoesNotEndTheLoop()
    {
        Gimbal.Changed += () => throw new InvalidOperationException("a bad follower");

        Gimbal.AbsoluteMove(GimbalRig.Ana, 30, null);
        rig.AdvanceUntilIdle();

        Assert.Equal(30, rig.Pan.Degrees);
    }

    [Fact]
    public async Task Start_HardwareDoesNotAnswer_IsAFaultNotACrash()
    {
        rig.Pan.FailWith(new IOException("the board does not answer"));
        await Gimbal.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal("The pan servo failed: the board does not answer", Gimbal.Status.Fault);
    }
}

using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>R24: a flood of aim commands from two users.</summary>
public sealed class GimbalFloodTests
{
    [Fact]
    public async Task ThousandCommandsASecond_FromTwoUsers_AtMostFiftyWritesASecondAndTheLastWins()
    {
        await using var rig = new GimbalRig();
        var random = new Random(24);
        for (var millisecond = 0; millisecond < 3000; millisecond++)
        {
            var caller = millisecond % 2 == 0 ? GimbalRig.Ana : GimbalRig.Bo;
            var pan = (random.NextDouble() * 180) - 90;
            switch (random.Next(4))
            {
                case 0:
                    rig.Gimbal.ContinuousMove(caller, new(pan / 90, -pan / 90));
                    break;
                case 1:
                    rig.Gimbal.RelativeMove(caller, new(pan, -pan / 10));
                    break;
                default:
                    rig.Gimbal.AbsoluteMove(caller, pan, pan / 3);
                    break;
            }

            rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        rig.Gimbal.AbsoluteMove(GimbalRig.Ana, 33, -7);
        rig.Gimbal.AbsoluteMove(GimbalRig.Bo, -12, 8);
        rig.AdvanceUntilIdle();

        Assert.Equal(new GimbalStatus(new(-12, 8), new(-12, 8), false, "bo", null), rig.Gimbal.Status);
        AssertAtMostFiftyASecond(rig.Pan.Writes);
        AssertAtMostFiftyASecond(rig.Tilt.Writes);
        Assert.True(rig.Pan.Writes.Count > 100, "The flood never moved the gimbal.");
    }

    [Fact]
    public async Task SingleMovesInQuickSuccession_EachEndingAtOnce_StayUnderFiftyWritesASecond()
    {
        await using var rig = new GimbalRig();
        for (var millisecond = 0; millisecond < 2000; millisecond++)
        {
            // So small that one step suffices, so the loop rests and wakes again all the time.
            rig.Gimbal.RelativeMove(GimbalRig.Ana, new(millisecond % 2 == 0 ? 0.01 : -0.02, 0));
            rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        AssertAtMostFiftyASecond(rig.Pan.Writes);
        Assert.True(rig.Pan.Writes.Count > 50);
    }

    [Fact]
    public async Task CommandsFromTwoThreads_WhileTheLoopRuns_TheLastOneWins()
    {
        await using var rig = new GimbalRig();
        using var ended = new CancellationTokenSource();
        var clock = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            }
        }, TestContext.Current.CancellationToken);

        await Task.WhenAll(
            Task.Run(() => Flood((caller, pan, tilt) => rig.Gimbal.AbsoluteMove(caller, pan, tilt)), TestContext.Current.CancellationToken),
            Task.Run(() => Flood((caller, pan, tilt) => rig.Gimbal.AbsoluteMove(caller, pan, tilt)), TestContext.Current.CancellationToken));
        rig.Gimbal.AbsoluteMove(GimbalRig.Bo, 5, 6);
        await ended.CancelAsync();
        await clock;
        rig.AdvanceUntilIdle();

        Assert.Equal(new PanTilt(5, 6), rig.Gimbal.Status.Position);
        Assert.Equal(5, rig.Pan.Degrees);
        Assert.Equal(6, rig.Tilt.Degrees);

        static void Flood(Action<PiCam.Core.Access.Caller, double?, double?> move)
        {
            for (var i = 0; i < 2000; i++)
            {
                move(GimbalRig.Ana, i % 90, i % 60);
            }
        }
    }

    private static void AssertAtMostFiftyASecond(IReadOnlyList<(TimeSpan At, double Degrees)> writes)
    {
        for (var i = 50; i < writes.Count; i++)
        {
            Assert.True(
                writes[i].At - writes[i - 50].At >= TimeSpan.FromSeconds(1),
                $"51 writes within {writes[i].At - writes[i - 50].At}.");
        }
    }
}

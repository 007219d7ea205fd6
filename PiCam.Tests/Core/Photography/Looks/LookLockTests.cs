using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Photography.Looks;
using PiCam.Tests.Core.Gimbals.Presets;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Photography.Looks;

public sealed class LookLockTests
{
    [Fact]
    public async Task Lock_ConvergingCamera_FreezesWhatItReportsWhenItRests()
    {
        await using var rig = await LookRig.StartAsync();
        var first = -1;
        rig.Script = n =>
        {
            first = first < 0 ? n : first;
            return n - first < 40
                ? LookRig.Resting with { ExposureTime = TimeSpan.FromMilliseconds(1 + n - first), AeLocked = false }
                : LookRig.Resting;
        };
        await rig.Lock.LockAsync(Callers.Operator);
        var began = rig.Lock.State.At;
        Assert.Equal((LookCondition.Settling, "otto"), (rig.Lock.State.Condition, rig.Lock.State.By));

        await rig.UntilAsync(() => rig.Lock.State.Condition == LookCondition.Locked, "it is locked");

        // The gain holds the digital gain, too.
        var expected = new FrozenControls(TimeSpan.FromMicroseconds(12_345), 2.5, new ColourGains(1.7, 1.3), null);
        Assert.Equal((expected, true, "otto"), (rig.Lock.State.Frozen, rig.Lock.State.Settled, rig.Lock.State.By));
        Assert.Equal(expected.On(CameraControls.Automatic), rig.Session.State.Asked);
        Assert.True(rig.Lock.State.At - began >= TimeSpan.FromSeconds(4), "It waited for the 40 frames that moved.");
    }

    [Fact]
    public async Task Lock_CameraThatRestsAlready_WaitsTwoSecondsAllTheSame()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.Lock.LockAsync(Callers.Operator);
        var began = rig.Lock.State.At;
        await rig.UntilAsync(() => rig.Lock.State.Progress > 0, "the progress shows");
        await rig.UntilAsync(() => rig.Lock.State.Condition == LookCondition.Locked, "it is locked");

        Assert.True(rig.Lock.State.At - began >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Lock_NeverConverging_LocksAfterTenSecondsAndSaysSo()
    {
        await using var rig = await LookRig.StartAsync();
        rig.Script = n => LookRig.Resting with { ExposureTime = TimeSpan.FromMilliseconds(1 + (n % 7)), AeLocked = false };
        await rig.Lock.LockAsync(Callers.Operator);
        var began = rig.Lock.State.At;

        await rig.UntilAsync(() => rig.Lock.State.Condition == LookCondition.Locked, "it is locked");

        Assert.False(rig.Lock.State.Settled);
        Assert.True(rig.Lock.State.At - began >= TimeSpan.FromSeconds(10));
        Assert.Equal(rig.Session.State.Asked.ExposureTime, rig.Lock.State.Frozen.ExposureTime);
        Assert.NotNull(rig.Session.State.Asked.ExposureTime);
    }

    [Fact]
    public async Task Lock_SomethingSetByHand_StaysThroughLockAndRelease()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(4), ColourTemperature = 3000 });

        await rig.LockedAsync();
        Assert.Equal(new FrozenControls(null, 2.5, null, null), rig.Lock.State.Frozen);
        Assert.Equal(2.5, rig.Session.State.Asked.AnalogueGain);

        await rig.Lock.ReleaseAsync(Callers.Administrator);
        Assert.Equal(
            CameraControls.Automatic with { ExposureTime = TimeSpan.FromMilliseconds(4), ColourTemperature = 3000 }, rig.Session.State.Asked);
        Assert.Equal((LookCondition.Free, "ana"), (rig.Lock.State.Condition, rig.Lock.State.By));
    }

    [Fact]
    public async Task Change_OfAFrozenControl_IsTheirsAndNotReleased()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.LockedAsync();

        await rig.Session.UpdateAsync(Callers.Administrator, c => c with { AnalogueGain = 4 });
        Assert.Equal(LookCondition.Locked, rig.Lock.State.Condition);
        Assert.Null(rig.Lock.State.Frozen.AnalogueGain);

        await rig.Lock.ReleaseAsync(Callers.Operator);
        Assert.Equal(CameraControls.Automatic with { AnalogueGain = 4 }, rig.Session.State.Asked);
    }

    [Fact]
    public async Task Change_EverythingAutomaticByHand_OpensTheLock()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.LockedAsync();

        await rig.Session.UpdateAsync(Callers.Operator, _ => CameraControls.Automatic);

        Assert.Equal(LookCondition.Free, rig.Lock.State.Condition);
        Assert.Equal(FrozenControls.Nothing, rig.Lock.State.Frozen);
    }

    [Fact]
    public async Task Release_WhileSettling_EndsItAndChangesNothing()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.Lock.LockAsync(Callers.Operator);
        await rig.PassAsync(TimeSpan.FromSeconds(1));

        await rig.Lock.ReleaseAsync(Callers.Operator);
        await rig.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(LookCondition.Free, rig.Lock.State.Condition);
        Assert.Equal(CameraControls.Automatic, rig.Session.State.Asked);
    }

    [Fact]
    public async Task Lock_CameraLostMeanwhile_SettlesFromTheStartWhenItIsBack()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.Lock.LockAsync(Callers.Operator);
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        rig.Panel.Camera.RefuseToOpen("Unplugged.");
        rig.Panel.Camera.Lose("Unplugged.");
        await rig.UntilAsync(() => rig.Session.State.Condition == CameraCondition.Lost, "it is lost");
        await rig.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(LookCondition.Settling, rig.Lock.State.Condition);

        rig.Panel.Camera.RefuseToOpen(null);
        await rig.UntilAsync(() => rig.Session.State.Condition == CameraCondition.Live, "it is back");
        var back = rig.Panel.Time.GetUtcNow();
        await rig.UntilAsync(() => rig.Lock.State.Condition == LookCondition.Locked, "it is locked");

        Assert.True(rig.Lock.State.At - back >= TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromMicroseconds(12_345), rig.Session.State.Asked.ExposureTime);
    }

    [Fact]
    public async Task Restart_WhenLocked_HoldsTheSameAndReleasesIt()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.LockedAsync();
        await rig.Lock.SettleEveryAsync(Callers.Operator, 30);
        var before = rig.Lock.State;

        await rig.RestartLockAsync();
        Assert.Equal(before, rig.Lock.State);

        await rig.Lock.ReleaseAsync(Callers.Operator);
        Assert.Equal(CameraControls.Automatic, rig.Session.State.Asked);
        await rig.RestartLockAsync();
        Assert.Equal((LookCondition.Free, 30), (rig.Lock.State.Condition, rig.Lock.State.SettleEveryMinutes));
    }

    [Fact]
    public async Task Restart_WhileSettling_GoesOnToLock()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.Lock.LockAsync(Callers.Operator);

        await rig.RestartLockAsync();
        await rig.UntilAsync(() => rig.Lock.State.Condition == LookCondition.Locked, "it is locked");

        Assert.Equal("otto", rig.Lock.State.By);
    }

    [Fact]
    public async Task Lock_ColourTemperatureOnly_IsFrozenInsteadOfGains()
    {
        await using var rig = await LookRig.StartAsync(FakeCamera.EveryControl with { ColourGains = null });
        await rig.LockedAsync();

        Assert.Equal((null, 4200.0), (rig.Session.State.Asked.ColourGains, rig.Session.State.Asked.ColourTemperature));
    }

    [Fact]
    public async Task Lock_BeyondTheRanges_IsHeldAtTheirEnds()
    {
        await using var rig = await LookRig.StartAsync(FakeCamera.EveryControl with { AnalogueGain = new(1, 2, 1), ColourGains = new(0, 1.5, 1) });
        await rig.LockedAsync();

        Assert.Equal((2.0, new ColourGains(1.5, 1.3)), (rig.Session.State.Asked.AnalogueGain, rig.Session.State.Asked.ColourGains));
    }

    [Fact]
    public async Task Lock_CameraWithoutManualExposure_IsNotThere()
    {
        await using var rig = await LookRig.StartAsync(FakeCamera.NoControls);

        Assert.False(rig.Lock.Exists);
        await Assert.ThrowsAsync<LookLockMissingException>(() => rig.Lock.LockAsync(Callers.Operator));
    }

    [Fact]
    public async Task Anything_ByAViewer_IsRefused()
    {
        await using var rig = await LookRig.StartAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Lock.LockAsync(Callers.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Lock.SettleAsync(Callers.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Lock.ReleaseAsync(Callers.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Lock.SettleEveryAsync(Callers.Viewer, 5));
        await Assert.ThrowsAsync<InvalidValueException>(() => rig.Lock.SettleEveryAsync(Callers.Operator, 1441));
        Assert.Equal(LookState.Free, rig.Lock.State);
    }

    [Fact]
    public async Task Drift_ByLux_WarnsBeyondAStopAndSettlesAgainOnRequest()
    {
        await using var rig = await LookRig.StartAsync();
        var lux = 400.0;
        rig.Script = _ => LookRig.Resting with { Lux = lux };
        await rig.LockedAsync();

        lux = 210;
        await rig.UntilAsync(() => rig.Lock.State.DriftStops == -0.9, "it is measured");
        Assert.False(rig.Lock.State.HasDrifted);
        lux = 100;
        await rig.UntilAsync(() => rig.Lock.State.HasDrifted, "it warns");
        Assert.Equal(-2, rig.Lock.State.DriftStops);

        rig.Script = _ => LookRig.Resting with { Lux = lux, ExposureTime = TimeSpan.FromMilliseconds(40) };
        await rig.Lock.SettleAsync(Callers.Operator);
        Assert.Equal((LookCondition.Settling, CameraControls.Automatic), (rig.Lock.State.Condition, rig.Session.State.Asked));
        await rig.UntilAsync(() => rig.Lock.State.DriftStops == 0, "it is locked and measured anew");
        Assert.Equal(TimeSpan.FromMilliseconds(40), rig.Lock.State.Frozen.ExposureTime);
    }

    [Fact]
    public async Task Drift_WithoutLux_IsSeenInThePictures()
    {
        await using var rig = await LookRig.StartAsync();
        rig.Picture = PresetRig.Picture(new SKColor(80, 80, 80));
        await rig.LockedAsync();
        await rig.UntilAsync(() => rig.Lock.State.DriftStops == 0, "it is measured");

        rig.Picture = PresetRig.Picture(new SKColor(160, 160, 160));
        await rig.UntilAsync(() => rig.Lock.State.HasDrifted, "it warns");

        Assert.Equal(2.2, rig.Lock.State.DriftStops!.Value, 0.11);
    }

    [Fact]
    public async Task SettleEvery_WhenTheTimeIsOver_LocksAnew()
    {
        await using var rig = await LookRig.StartAsync();
        await rig.LockedAsync();
        await rig.Lock.SettleEveryAsync(Callers.Operator, 1);
        rig.Script = _ => LookRig.Resting with { ExposureTime = TimeSpan.FromMilliseconds(30) };

        await rig.UntilAsync(() => rig.Lock.State.Frozen.ExposureTime == TimeSpan.FromMilliseconds(30), "it is locked anew");

        Assert.Equal("otto", rig.Lock.State.By);
        Assert.Equal(TimeSpan.FromMilliseconds(30), rig.Session.State.Asked.ExposureTime);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Photography.Looks;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Photography.Looks;

/// <summary>The lock over a session with a camera whose automatic exposure the test scripts, and a clock that it moves.</summary>
internal sealed class LookRig : IAsyncDisposable
{
    private readonly PanelContext panel = new();
    private readonly List<LookLock> locks = [];
    private int frames;

    public PanelContext Panel => panel;

    public CameraSession Session => panel.Session;

    public LookLock Lock { get; private set; } = null!;

    /// <summary>What automatic exposure and white balance choose for the n-th frame; what is asked by hand goes before it.</summary>
    public Func<int, FrameMetadata> Script { get; set; } = _ => Resting;

    /// <summary>The picture of each frame.</summary>
    public byte[]? Picture { get; set; }

    /// <summary>Automatic exposure at rest.</summary>
    public static FrameMetadata Resting { get; } = new()
    {
        ExposureTime = TimeSpan.FromMicroseconds(12_345),
        AnalogueGain = 2,
        DigitalGain = 1.25,
        ColourGains = new ColourGains(1.7, 1.3),
        ColourTemperature = 4200,
        FrameDuration = TimeSpan.FromMilliseconds(33),
        AeLocked = true,
    };

    public static async Task<LookRig> StartAsync(CameraCapabilities? capabilities = null)
    {
        var rig = new LookRig();
        rig.panel.Camera.Capabilities = capabilities ?? FakeCamera.EveryControl;
        await rig.panel.GoLiveAsync();
        await rig.RestartLockAsync();
        await rig.UntilAsync(() => rig.Session.State.Actual?.ColourTemperature is not null || capabilities is not null, "the script plays");
        return rig;
    }

    /// <summary>The lock anew on the same store, as after a restart.</summary>
    public async Task RestartLockAsync()
    {
        if (Lock is not null)
        {
            await Lock.StopAsync(TestContext.Current.CancellationToken);
            Lock.Dispose();
        }

        Lock = new LookLock(panel.Session, panel.Store, panel.Time, NullLogger<LookLock>.Instance);
        locks.Add(Lock);
        await Lock.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Plays frames and lets time pass until the condition holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            // Several steps between two looks, as the looks are in real time.
            for (var i = 0; i < 4 && !condition(); i++)
            {
                Step();
            }

            return condition();
        },
        what,
        TestContext.Current.CancellationToken);

    /// <summary>Plays frames for a time.</summary>
    public async Task PassAsync(TimeSpan duration)
    {
        var end = panel.Time.GetUtcNow() + duration;
        await UntilAsync(() => panel.Time.GetUtcNow() >= end, "time passes");
    }

    /// <summary>Locks, and waits until it is.</summary>
    public async Task LockedAsync()
    {
        await Lock.LockAsync(Callers.Operator);
        await UntilAsync(() => Lock.State.Condition == LookCondition.Locked, "it is locked");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in locks)
        {
            await one.StopAsync(CancellationToken.None);
            one.Dispose();
        }

        await panel.DisposeAsync();
    }

    private void Step()
    {
        if (panel.Camera.Applied is [.., var (asked, version)])
        {
            var chosen = Script(frames++);
            panel.Camera.Send(Picture, chosen with
            {
                ControlsVersion = version,
                ExposureTime = asked.ExposureTime ?? chosen.ExposureTime,
                AnalogueGain = asked.AnalogueGain ?? chosen.AnalogueGain,
                DigitalGain = asked.AnalogueGain is null ? chosen.DigitalGain : 1,
                ColourGains = asked.ColourGains ?? chosen.ColourGains,
                ColourTemperature = asked.ColourTemperature ?? chosen.ColourTemperature,
                FrameDuration = chosen.FrameDuration,
            });
        }

        panel.Time.Advance(TimeSpan.FromMilliseconds(100));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Privacy;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Rpicam;

/// <summary>R1 to R3 on rpicam-vid, and what people see of its restarts: a session on the camera.</summary>
public sealed class RpicamSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_KilledAgainAndAgain_ComesBackAsOneProcessWithTheControls()
    {
        using var rpicam = new FakeRpicam();
        await RunAsync(rpicam, async session =>
        {
            await session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 5 });
            for (var i = 0; i < 2; i++)
            {
                await LiveAsync(session);
                await Eventually.TrueAsync(() => rpicam.Processes.Count == 1 && session.State.Actual?.AnalogueGain == 5, "the gain", Token);
                SystemProcess.Signal(Assert.Single(rpicam.Processes), SystemProcess.SigKill);
                await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Lost, "it is lost", Token);
            }

            await LiveAsync(session);
            Assert.Single(rpicam.Processes);
        });
    }

    [Fact]
    public async Task Session_EndsAtOnce_WaitsAndSaysWhyUntilItIsPutRight()
    {
        using var rpicam = new FakeRpicam("trouble=acquire");
        await RunAsync(rpicam, async session =>
        {
            await Eventually.TrueAsync(() => session.State is { Condition: CameraCondition.Lost, RetryAt: not null }, "it is lost", Token);
            Assert.Equal(CameraLoss.Busy, session.State.Reason);
            await Eventually.TrueAsync(() => rpicam.Starts.Count >= 2, "it is tried again", Token);

            rpicam.Play("");
            await LiveAsync(session);
        });
    }

    [Fact]
    public async Task Session_SliderDragged_StartsItAFewTimesAndEndsWithTheLastValue()
    {
        using var rpicam = new FakeRpicam("start=200");
        await RunAsync(rpicam, async session =>
        {
            await LiveAsync(session);
            for (var step = 1; step <= 40; step++)
            {
                await session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 1 + (step * 0.1) });
            }

            await Eventually.TrueAsync(
                () => session.State is { Actual.AnalogueGain: 5, Condition: CameraCondition.Live, RestartGap: not null } state
                    && state.Controls[ControlNames.AnalogueGain] == ControlCondition.Live,
                "the last value is in force",
                Token);
            Assert.InRange(rpicam.Starts.Count, 2, 10);
            Assert.True(session.State.RestartGap >= TimeSpan.FromMilliseconds(200), $"{session.State.RestartGap}");
        });
    }

    private static Task LiveAsync(CameraSession session) =>
        Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Live, "the camera is live", Token);

    private static async Task RunAsync(FakeRpicam rpicam, Func<CameraSession, Task> test)
    {
        var store = new MemorySettingsStore();
        var session = new CameraSession(
            rpicam.Camera, new FakeSetup(), new PrivacySwitch(store, TimeProvider.System), store, TimeProvider.System, NullLogger<CameraSession>.Instance);
        await session.StartAsync(Token);
        try
        {
            using var viewer = session.Frames.Subscribe();
            if (rpicam.Starts.Count == 0)
            {
                await Eventually.TrueAsync(() => rpicam.Starts.Count > 0, "it has been started", Token);
            }

            await Eventually.TrueAsync(
                () => session.State.Capabilities is not null || session.State.Condition == CameraCondition.Lost, "it was opened", Token);
            await test(session);
        }
        finally
        {
            await session.StopAsync(CancellationToken.None);
            session.Dispose();
        }

        Assert.Empty(rpicam.Processes);
    }
}

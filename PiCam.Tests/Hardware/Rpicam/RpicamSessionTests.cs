using PiCam.Core.Cameras;
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
        await RunAsync(rpicam, async running =>
        {
            await running.LiveAsync();
            await running.Session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 5 });
            for (var i = 0; i < 2; i++)
            {
                await running.LiveAsync();
                await Eventually.TrueAsync(() => rpicam.Processes.Count == 1 && running.Session.State.Actual?.AnalogueGain == 5, "the gain", Token);
                SystemProcess.Signal(Assert.Single(rpicam.Processes), SystemProcess.SigKill);
                await Eventually.TrueAsync(() => running.Session.State.Condition == CameraCondition.Lost, "it is lost", Token);
            }

            await running.LiveAsync();
            Assert.Single(rpicam.Processes);
        });
    }

    [Fact]
    public async Task Session_EndsAtOnce_WaitsAndSaysWhyUntilItIsPutRight()
    {
        using var rpicam = new FakeRpicam("trouble=acquire");
        await RunAsync(rpicam, async running =>
        {
            await Eventually.TrueAsync(() => running.Session.State is { Condition: CameraCondition.Lost, RetryAt: not null }, "it is lost", Token);
            Assert.Equal(CameraLoss.Busy, running.Session.State.Reason);
            await Eventually.TrueAsync(() => rpicam.Starts.Count >= 2, "it is tried again", Token);

            rpicam.Play("");
            await running.LiveAsync();
        });
    }

    [Fact]
    public async Task Session_SliderDragged_StartsItAFewTimesAndEndsWithTheLastValue()
    {
        using var rpicam = new FakeRpicam("start=200");
        await RunAsync(rpicam, async running =>
        {
            await running.LiveAsync();
            for (var step = 1; step <= 40; step++)
            {
                await running.Session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 1 + (step * 0.1) });
            }

            await Eventually.TrueAsync(
                () => running.Session.State is { Actual.AnalogueGain: 5, Condition: CameraCondition.Live, RestartGap: not null } state
                    && state.Controls[ControlNames.AnalogueGain] == ControlCondition.Live,
                "the last value is in force",
                Token);
            Assert.InRange(rpicam.Starts.Count, 2, 10);
            Assert.True(running.Session.State.RestartGap >= TimeSpan.FromMilliseconds(200), $"{running.Session.State.RestartGap}");
        });
    }

    private static async Task RunAsync(FakeRpicam rpicam, Func<RunningSession, Task> test)
    {
        await using (var running = await RunningSession.BeginAsync(rpicam.Camera))
        {
            await test(running);
        }

        Assert.Empty(rpicam.Processes);
    }
}

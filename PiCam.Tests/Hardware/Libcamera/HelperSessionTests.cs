using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Libcamera;

/// <summary>R1 to R3 on the helper: whatever ends it, the session has a picture again, with the controls that people had set.</summary>
public sealed class HelperSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("die")]
    [InlineData("stall")]
    [InlineData("garbage")]
    public async Task Session_HelperFailsAgainAndAgain_ComesBackWithTheControls(string trouble)
    {
        using var helper = new FakeHelper($"--trouble {trouble} --after 40");
        await using var running = await RunningSession.StartAsync(helper.Camera);
        await running.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(5) });
        for (var i = 0; i < 2; i++)
        {
            await running.LostAndLiveAgainAsync();
        }

        await Eventually.TrueAsync(
            () => running.Session.State.Actual?.ExposureTime == TimeSpan.FromMilliseconds(5), "the exposure is in force again", Token);
    }

    [Theory]
    [InlineData(SystemProcess.SigKill)]
    [InlineData(SystemProcess.SigStop)]
    public async Task Session_HelperKilledOrStoppedFromOutside_ComesBackAsOneProcess(int signal)
    {
        using var helper = new FakeHelper();
        await using var running = await RunningSession.StartAsync(helper.Camera);
        var first = Assert.Single(helper.Processes);

        SystemProcess.Signal(first, signal);

        await running.LostAndLiveAgainAsync();
        Assert.NotEqual(first, Assert.Single(helper.Processes));
    }
}

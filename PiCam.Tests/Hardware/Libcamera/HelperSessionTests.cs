using PiCam.Core.Cameras;
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

    [Fact]
    public async Task Session_CameraRefusesASize_GoesOnAsBeforeAndSaysWhy()
    {
        using var helper = new FakeHelper("--trouble stuck");
        await using var running = await RunningSession.StartAsync(helper.Camera);
        var before = running.Session.State;
        var other = before.Capabilities!.Sizes.First(size => size != before.Capabilities.Size);

        await running.Session.UpdateAsync(Callers.Operator, c => c with { Size = other });

        await Eventually.TrueAsync(() => running.Session.State.Refused is not null, "the refusal is told", Token);
        await Eventually.TrueAsync(() => !running.Session.State.Pending.Any(), "what was before is in force", Token);
        Assert.Contains("no memory for frames", running.Session.State.Refused!.English, StringComparison.Ordinal);
        Assert.Equal((before.Asked, before.Capabilities.Size), (running.Session.State.Asked, running.Session.State.Capabilities!.Size));

        // Asked again it is tried again, and another change clears the message.
        var tries = helper.Commands.Count;
        await running.Session.UpdateAsync(Callers.Operator, c => c with { Size = other });
        await Eventually.TrueAsync(() => helper.Commands.Skip(tries).Any(c => c["command"]!.GetValue<string>() == "configure"), "it is tried again", Token);
        await Eventually.TrueAsync(() => running.Session.State.Refused is not null, "and refused again", Token);
        await running.Session.UpdateAsync(Callers.Operator, c => c with { Brightness = 0.5 });
        Assert.Null(running.Session.State.Refused);
    }

    [Fact]
    public async Task Session_StoredModeOfAnotherSensor_StartsWithoutIt()
    {
        using var helper = new FakeHelper();
        await using var stream = await helper.Camera.OpenAsync(
            CameraControls.Automatic with { SensorMode = new(4608, 2592), ExposureTime = TimeSpan.FromMilliseconds(5) }, 1, Token);

        Assert.True((await stream.ReadAsync(Token)).HasPicture);
        Assert.Single(helper.Processes);
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

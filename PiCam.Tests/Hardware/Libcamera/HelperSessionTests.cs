using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Privacy;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Libcamera;

/// <summary>R1 to R3 on the helper: whatever ends it, the session has a picture again, with the controls that people had set.</summary>
public sealed class HelperSessionTests
{
    [Theory]
    [InlineData("die")]
    [InlineData("stall")]
    [InlineData("garbage")]
    public async Task Session_HelperFailsAgainAndAgain_ComesBackWithTheControls(string trouble)
    {
        using var helper = new FakeHelper($"--trouble {trouble} --after 40");
        var store = new MemorySettingsStore();
        var session = new CameraSession(
            helper.Camera, new FakeSetup(), new PrivacySwitch(store, TimeProvider.System), store, TimeProvider.System, NullLogger<CameraSession>.Instance);
        await session.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            using var viewer = session.Frames.Subscribe();
            await LiveAsync();
            await session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(5) });
            for (var i = 0; i < 2; i++)
            {
                await Eventually.TrueAsync(
                    () => session.State.Condition == CameraCondition.Lost, "the camera is lost", TestContext.Current.CancellationToken);
                Assert.NotNull(session.State.Reason);
                await LiveAsync();
            }

            await Eventually.TrueAsync(
                () => session.State.Actual?.ExposureTime == TimeSpan.FromMilliseconds(5), "the exposure is in force again", TestContext.Current.CancellationToken);
        }
        finally
        {
            await session.StopAsync(CancellationToken.None);
            session.Dispose();
        }

        Task LiveAsync() => Eventually.TrueAsync(
            () => session.State.Condition == CameraCondition.Live, "the camera is live", TestContext.Current.CancellationToken);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Core.Lines;
using PiCam.Core.Privacy;
using PiCam.Hardware.Gimbals;
using PiCam.Hardware.Lines;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Lines;

/// <summary>Run by <see cref="GpioLineTests"/> inside the rig: /run/gpio-sim shows the pins.</summary>
public sealed class GpioLineInRig
{
    /// <summary>The environment variable that says which libgpiod there is.</summary>
    public const string Installed = "RIG_GPIOD";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static bool HasLibrary => Environment.GetEnvironmentVariable(Installed) != "none";

    [Fact(Explicit = true)]
    public void Switch_IsTheLevelOfThePin_UntilDisposed()
    {
        using (var line = new GpioLine(17))
        {
            if (!HasLibrary)
            {
                Assert.Equal(LineFault.NoLibrary, Assert.Throws<LineException>(() => line.Switch(true)).Reason);
                return;
            }

            line.Switch(true);
            Assert.Equal(1, Level(17));
            line.Switch(false);
            Assert.Equal(0, Level(17));
            line.Switch(true);

            // Two at once, and the other way round.
            using var inverted = new GpioLine(27, activeLow: true);
            inverted.Switch(false);
            Assert.Equal((1, 1), (Level(17), Level(27)));
            inverted.Switch(true);
            Assert.Equal((1, 0), (Level(17), Level(27)));

            // A pin that is in use, and later free.
            using var second = new GpioLine(17);
            Assert.StartsWith("GPIO 17 failed: ", Assert.Throws<LineException>(() => second.Switch(true)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, Level(17));
        using var again = new GpioLine(17);
        again.Switch(true);
        Assert.Equal(1, Level(17));
    }

    [Fact(Explicit = true)]
    public async Task Gimbal_SoftwareServos_MovesOrShowsWhatIsMissing()
    {
        using var pan = new SoftwareServo(new GpioLine(17));
        using var tilt = new SoftwareServo(new GpioLine(27));
        await using var gimbal = new Gimbal(
            Options.Create(new GimbalOptions()),
            TimeProvider.System,
            NullLogger<Gimbal>.Instance,
            new GimbalHardware("software", pan, tilt, PulseRange.Careful));
        await gimbal.StartAsync(Token);
        gimbal.AbsoluteMove(Callers.Operator, 10, 5);
        if (!HasLibrary)
        {
            await Eventually.TrueAsync(() => gimbal.Status.Fault == LineFault.NoLibrary, "the fault is shown", Token);
            return;
        }

        // Often, as a pulse is short.
        await Eventually.TrueAsync(() => Enumerable.Range(0, 1000).Any(_ => Level(17) == 1), "pulses are on the pin", Token);
        await Eventually.TrueAsync(() => !gimbal.Status.Moving, "the gimbal rests", Token);
        Assert.Null(gimbal.Status.Fault);
        await gimbal.StopAsync(Token);
        Assert.Equal((0, 0), (Level(17), Level(27)));
    }

    [Fact(Explicit = true)]
    public async Task Led_OnAuto_ShowsWhetherSomebodyWatchesOrWhatIsMissing()
    {
        var store = new MemorySettingsStore();
        var privacy = new PrivacySwitch(store, TimeProvider.System);
        var camera = new FakeCamera();
        using var session = new CameraSession(camera, new FakeSetup(), privacy, store, TimeProvider.System, NullLogger<CameraSession>.Instance);
        await session.StartAsync(Token);
        using var hardware = new LightHardware(new GpioLine(17), null);
        using var lights = new LightSwitches(session, privacy, store, Options.Create(new LightOptions()), TimeProvider.System, hardware);
        await lights.StartAsync(Token);
        await Eventually.TrueAsync(
            () =>
            {
                camera.Send();
                return session.State.Condition == CameraCondition.Live;
            },
            "the camera is live",
            Token);
        var viewer = session.Frames.Subscribe();
        if (!HasLibrary)
        {
            await Eventually.TrueAsync(() => lights.State(Light.Led)!.Fault == LineFault.NoLibrary, "the fault is shown", Token);
            viewer.Dispose();
        }
        else
        {
            await Eventually.TrueAsync(() => Level(17) == 1, "the LED is lit", Token);
            viewer.Dispose();
            await Eventually.TrueAsync(() => Level(17) == 0, "the LED is dark", Token);
            await lights.SetAsync(Callers.Operator, Light.Led, LightMode.On);
            Assert.Equal(1, Level(17));
        }

        await lights.StopAsync(Token);
        await session.StopAsync(Token);
        hardware.Dispose();
        Assert.Equal(0, Level(17));
    }

    private static int Level(int pin) => File.ReadAllText($"/run/gpio-sim/sim_gpio{pin}/value")[0] - '0';
}

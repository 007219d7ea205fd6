using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Lights;
using PiCam.Core.Lines;
using PiCam.Core.Privacy;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Lights;

public sealed class LightSwitchesTests : IAsyncDisposable
{
    private readonly FakeCamera camera = new();
    private readonly FakeTimeProvider time = new();
    private readonly MemorySettingsStore store = new();
    private readonly FakeLine led = new();
    private readonly FakeLine lamp = new();
    private readonly CameraSession session;
    private readonly PrivacySwitch privacy;
    private readonly List<LightSwitches> all = [];

    public LightSwitchesTests()
    {
        privacy = new PrivacySwitch(store, time);
        session = new CameraSession(camera, new FakeSetup(), privacy, store, time, NullLogger<CameraSession>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var lights in all)
        {
            await lights.StopAsync(CancellationToken.None);
            lights.Dispose();
        }

        await session.StopAsync(CancellationToken.None);
        session.Dispose();
        led.Dispose();
        lamp.Dispose();
    }

    [Fact]
    public async Task AutoLed_IsLitWhileSomebodyGetsPictures()
    {
        var lights = await StartAsync();
        Assert.Equal((LightMode.Auto, false), (lights.State(Light.Led)!.Mode, led.IsOn));

        var viewer = session.Frames.Subscribe();
        await UntilAsync(() => led.IsOn && lights.State(Light.Led)!.IsLit, "the LED is lit");
        viewer.Dispose();
        await UntilAsync(() => !led.IsOn && !lights.State(Light.Led)!.IsLit, "the LED is dark");
    }

    [Fact]
    public async Task Privacy_On_PutsBothOutWhateverTheirMode()
    {
        var lights = await StartAsync();
        await lights.SetAsync(Callers.Operator, Light.Led, LightMode.On);
        await lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.On);
        Assert.True(led.IsOn && lamp.IsOn);

        await privacy.SetAsync(Callers.Operator, on: true);
        await UntilAsync(() => !led.IsOn && !lamp.IsOn, "both are dark");

        await privacy.SetAsync(Callers.Administrator, on: false);
        await UntilAsync(() => led.IsOn && lamp.IsOn, "both are as they were");
    }

    [Fact]
    public async Task AutoLamp_FollowsTheLightThatTheCameraMeasures()
    {
        var lights = await StartAsync();
        await lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.Auto);

        await UntilAsync(() => lamp.IsOn, "it is dark, the lamp is lit", lux: 1);
        var night = 0;
        await UntilAsync(() => ++night > 10, "its own light is known", lux: 20);
        await UntilAsync(() => !lamp.IsOn, "it is day, the lamp is dark", lux: 1000);
    }

    [Fact]
    public async Task AutoLamp_CameraWithoutLux_StaysDarkAndSaysWhy()
    {
        var lights = await StartAsync();
        await lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.Auto);

        await UntilAsync(() => lights.State(Light.Lamp)!.Fault == LightFault.NoLux, "it says why");
        Assert.False(lamp.IsOn);
        await lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.On);
        Assert.True(lamp.IsOn);
        Assert.Null(lights.State(Light.Lamp)!.Fault);
    }

    [Fact]
    public async Task Pin_Fails_IsToldAndTriedAgainLaterAndLater()
    {
        var lights = await StartAsync();
        led.Failure = LineFault.NoLibrary;
        await lights.SetAsync(Callers.Operator, Light.Led, LightMode.On);
        Assert.Equal((LightMode.On, false, LineFault.NoLibrary), (lights.State(Light.Led)!.Mode, lights.State(Light.Led)!.IsLit, lights.State(Light.Led)!.Fault));

        var before = led.Switches;
        for (var quarter = 0; quarter < 4 * 60; quarter++)
        {
            time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }

        Assert.InRange(led.Switches - before, 0, 12);

        led.Failure = null;
        await UntilAsync(() => led.IsOn && lights.State(Light.Led)!.Fault is null, "it works again");
    }

    [Fact]
    public async Task Restart_KeepsWhatPeopleWant()
    {
        var lights = await StartAsync();
        await lights.SetAsync(Callers.Operator, Light.Led, LightMode.Off);
        await lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.On);

        var after = await StartAsync();

        await UntilAsync(() => after.State(Light.Lamp)!.IsLit, "the lamp is lit");
        Assert.Equal((LightMode.Off, LightMode.On), (after.State(Light.Led)!.Mode, after.State(Light.Lamp)!.Mode));
    }

    [Fact]
    public async Task SetAsync_ByWhoMayNotOrALightThatIsNotThere_IsRefused()
    {
        var lights = await StartAsync(new LightHardware(led, null));

        await Assert.ThrowsAsync<AccessRefusedException>(() => lights.SetAsync(Callers.Viewer, Light.Led, LightMode.On));
        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => lights.SetAsync(Callers.Operator, Light.Lamp, LightMode.On));

        Assert.Equal("lamp", refused.Errors.Single().Field);
        Assert.Equal([Light.Led], lights.Fitted);
        Assert.Null(lights.State(Light.Lamp));
        Assert.False(led.IsOn);
    }

    private async Task<LightSwitches> StartAsync(LightHardware? hardware = null)
    {
        if (all.Count == 0)
        {
            await session.StartAsync(Token);
        }

        var lights = new LightSwitches(session, privacy, store, Options.Create(new LightOptions()), time, hardware ?? new LightHardware(led, lamp));
        all.Add(lights);
        await lights.StartAsync(Token);
        await UntilAsync(() => session.State.Condition == CameraCondition.Live, "the camera is live");
        return lights;
    }

    private Task UntilAsync(Func<bool> condition, string what, double? lux = null) => Eventually.TrueAsync(
        () =>
        {
            camera.Send(FakeCamera.Jpeg, new FrameMetadata { Lux = lux });
            time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        what,
        Token);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Privacy;
using PiCam.Core.Settings;

namespace PiCam.Core.Lights;

/// <summary>
/// The camera LED and the infrared lamp: off, on or by themselves, as people want it, also after a restart. While the
/// privacy switch is on both are dark; when the panel ends, too.
/// </summary>
public sealed class LightSwitches : BackgroundService
{
    private const string SettingKey = "lights";

    // Quick enough for an LED that says "you are watched", slow enough to cost nothing.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly CameraSession camera;
    private readonly PrivacySwitch privacy;
    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly SettingWriter<StoredLights> writer;
    private readonly LampSwitch lampSwitch;
    private readonly Dictionary<Light, SwitchedLight> lights = [];
    private readonly Lock gate = new();
    private bool blind;

    public LightSwitches(
        CameraSession camera,
        PrivacySwitch privacy,
        ISettingsStore store,
        IOptions<LightOptions> options,
        TimeProvider time,
        LightHardware? hardware = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.camera = camera;
        this.privacy = privacy;
        this.store = store;
        this.time = time;
        writer = new SettingWriter<StoredLights>(store, SettingKey, Wanted);
        lampSwitch = new LampSwitch(options.Value.LampOnBelow, options.Value.LampOffAbove);
        if (hardware?.Led is { } led)
        {
            lights[Light.Led] = new SwitchedLight(led, time);
        }

        if (hardware?.Lamp is { } lamp)
        {
            // Nobody's scene is lit unasked.
            lights[Light.Lamp] = new SwitchedLight(lamp, time) { Mode = LightMode.Off };
        }
    }

    /// <summary>A <see cref="State"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>The lights that there are.</summary>
    public IReadOnlyCollection<Light> Fitted => [.. lights.Keys.Order()];

    /// <summary>Where a light stands; null: there is none.</summary>
    public LightState? State(Light light)
    {
        lock (gate)
        {
            return lights.TryGetValue(light, out var one)
                ? new LightState(one.Mode, one.IsLit, one.Fault ?? (light == Light.Lamp && IsBlind(one) ? LightFault.NoLux : null))
                : null;
        }
    }

    /// <summary>Says what a light is to do. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.SwitchLights"/>.</param>
    /// <param name="light">Which.</param>
    /// <param name="mode">Off, on or by itself.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">There is no such light.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetAsync(Caller caller, Light light, LightMode mode)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.SwitchLights);
        lock (gate)
        {
            if (!lights.TryGetValue(light, out var one))
            {
                var name = light.ToString();
                throw new InvalidValueException(new InvalidValue(InvalidValue.Spell(name), mode.ToString(), Allowed.NoSuchLight));
            }

            one.Mode = mode;
            Drive();
        }

        Changed?.Invoke();
        await writer.WriteAsync().ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (lights.Count == 0)
        {
            return;
        }

        await LoadAsync(stoppingToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            bool news;
            lock (gate)
            {
                news = Drive();
            }

            if (news)
            {
                Changed?.Invoke();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<StoredLights>(SettingKey, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            lock (gate)
            {
                Take(Light.Led, stored.Led);
                Take(Light.Lamp, stored.Lamp);
            }
        }

        void Take(Light light, LightMode mode)
        {
            if (lights.TryGetValue(light, out var one) && Enum.IsDefined(mode))
            {
                one.Mode = mode;
            }
        }
    }

    /// <summary>Call under the lock.</summary>
    private bool Drive()
    {
        var state = camera.State;
        var live = state.Condition == CameraCondition.Live;
        var dark = privacy.State.IsOn;
        var wasBlind = blind;
        blind = live && state.Actual?.Lux is null;
        if (!dark && live && state.Actual?.Lux is { } lux && lights.GetValueOrDefault(Light.Lamp)?.Mode == LightMode.Auto)
        {
            lampSwitch.Measure(lux, state.Actual.FrameDuration ?? TimeSpan.Zero, time.GetElapsedTime(0));
        }
        else
        {
            lampSwitch.Reset();
        }

        var news = blind != wasBlind;
        foreach (var (light, one) in lights)
        {
            var bySelf = light == Light.Led ? live && camera.Frames.Wanted : lampSwitch.IsLit;
            news |= one.Drive(!dark && (one.Mode == LightMode.On || (one.Mode == LightMode.Auto && bySelf)));
        }

        return news;
    }

    private bool IsBlind(SwitchedLight lamp) => blind && lamp.Mode == LightMode.Auto;

    private StoredLights Wanted()
    {
        lock (gate)
        {
            return new StoredLights(
                lights.GetValueOrDefault(Light.Led)?.Mode ?? LightMode.Auto, lights.GetValueOrDefault(Light.Lamp)?.Mode ?? LightMode.Off);
        }
    }
}

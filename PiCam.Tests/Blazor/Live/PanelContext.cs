using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using PiCam.Blazor.Live;
using PiCam.Blazor.Security;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Privacy;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Blazor.Live;

/// <summary>Renders parts of the live page over a real session and a camera that the test plays.</summary>
public sealed class PanelContext : BunitContext
{
    public PanelContext()
    {
        Privacy = new PrivacySwitch(Store, Time);
        Session = new CameraSession(Camera, new FakeSetup(), Privacy, Store, Time, NullLogger<CameraSession>.Instance);
        Session.Frames.Subscribe();
        Gimbal = new Gimbal(
            Options.Create(new GimbalOptions()),
            Time,
            NullLogger<Gimbal>.Instance,
            new GimbalHardware("fake", new FakeServo(Time), new FakeServo(Time), PulseRange.Widest));
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(Session);
        Services.AddSingleton(Gimbal);
        Services.AddSingleton(new PictureAim(Session, Gimbal));
        Services.AddSingleton(new PresetBook(Gimbal, Session, Store));
        Services.AddSingleton(new LookBook(Session, Store));
        var look = new LookLock(Session, Store, Time, NullLogger<LookLock>.Instance);
        Services.AddSingleton(look);
        Services.AddSingleton(new TimeLapseBook(new PlaceSetting(Store), Session, look, Store, Time));
        Services.AddSingleton(Privacy);
        Services.AddSingleton<IPrincipalCheck>(People);
        Services.AddScoped<PersonAction>();
        AddAuthorization().SetAuthorized("ana");
    }

    internal FakePrincipalCheck People { get; } = new();

    internal FakeCamera Camera { get; } = new();

    internal MemorySettingsStore Store { get; } = new();

    internal FakeTimeProvider Time { get; } = new();

    internal PrivacySwitch Privacy { get; }

    internal CameraSession Session { get; }

    internal Gimbal Gimbal { get; }

    /// <summary>Starts the session and waits for a first frame.</summary>
    internal async Task GoLiveAsync()
    {
        var token = Xunit.TestContext.Current.CancellationToken;
        await Session.StartAsync(token);
        await Eventually.TrueAsync(() => Session.State.Capabilities is not null, "the camera is open", token);
        Camera.Send();
        await Eventually.TrueAsync(() => Session.State.Condition == CameraCondition.Live, "the camera is live", token);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Session.StopAsync(CancellationToken.None);
    }
}

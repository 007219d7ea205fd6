using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;

namespace PiCam.Blazor.Live;

/// <summary>
/// The joystick (mouse, touch, keys, gamepad), where the gimbal was sent, and Home. While the stick is held the browser renews the
/// move a few times a second; when it stops doing so, for whatever reason, the gimbal's dead man ends it.
/// </summary>
public sealed partial class GimbalPad : LiveComponent
{
    private ElementReference stick;
    private PageScript? script;
    private GimbalStatus status = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    [Inject]
    private PresetBook Presets { get; set; } = default!;

    [Inject]
    private PictureAim Aim { get; set; } = default!;

    private AxisLimits Pan => Gimbal.PanLimits;

    private AxisLimits Tilt => Gimbal.TiltLimits;

    private double MapHeight => 100 * (Tilt.MaximumAngle - Tilt.MinimumAngle) / (Pan.MaximumAngle - Pan.MinimumAngle);

    /// <summary>The stick is pulled: fractions of the maximum speed, −1 to 1; right and up are positive.</summary>
    [JSInvokable]
    public Task PullAsync(double pan, double tilt) => Act(() =>
        Gimbal.ContinuousMove(Caller, new PanTilt(Math.Clamp(pan, -1, 1), Math.Clamp(tilt, -1, 1)), timeout: null));

    /// <summary>The stick was let go.</summary>
    [JSInvokable]
    public Task ReleaseAsync() => Act(() => Gimbal.Release(Caller));

    /// <summary>Everything is to stop, whoever moves it.</summary>
    [JSInvokable]
    public Task StopAsync() => Act(() => Gimbal.Stop(Caller));

    [JSInvokable]
    public Task GoHomeAsync() => Act(() => Gimbal.GotoHome(Caller));

    public override async ValueTask DisposeAsync()
    {
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Gimbal.Changed += pulse, pulse => Gimbal.Changed -= pulse);
        Follow(pulse => Presets.Changed += pulse, pulse => Presets.Changed -= pulse);
        ReadState();
    }

    protected override void ReadState() => status = Gimbal.Status;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Live/GimbalPad.razor.js");
            await script.AttachAsync(stick, this);
        }
    }

    private static string Degrees(double angle) => angle.ToString("0.0;−0.0", CultureInfo.InvariantCulture) + "°";

    private static string Invariant(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private double X(double pan) => 100 * (pan - Pan.MinimumAngle) / (Pan.MaximumAngle - Pan.MinimumAngle);

    private double Y(double tilt) => MapHeight * (Tilt.MaximumAngle - tilt) / (Tilt.MaximumAngle - Tilt.MinimumAngle);

    private Task Act(Action action) => Action.RunAsync(() =>
    {
        action();
        return Task.CompletedTask;
    });
}

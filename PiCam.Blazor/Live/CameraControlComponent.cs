using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live;

/// <summary>A group of camera controls: follows the session's state, and changes it in the name of who is at the page.</summary>
public abstract class CameraControlComponent : LiveComponent
{
    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    protected CameraSession Session { get; set; } = default!;

    [Inject]
    protected PersonAction Action { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>The newest state; the same throughout one render.</summary>
    protected CameraState State { get; private set; } = default!;

    /// <summary>The aria-disabled of what needs a live camera. Such a button keeps its place and the focus, and says when pressed why it cannot.</summary>
    protected string? Off => State.Condition == CameraCondition.Live ? null : "true";

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Session.Changed += pulse, pulse => Session.Changed -= pulse);
        ReadState();
    }

    protected override void ReadState() => State = Session.State;

    protected Task ChangeAsync(Func<CameraControls, CameraControls> change) =>
        Action.RunAsync(() => Session.UpdateAsync(Caller, change));

    protected bool IsPending(string control) =>
        State.Condition == CameraCondition.Live
        && State.Controls.GetValueOrDefault(control, ControlCondition.Live) == ControlCondition.Pending;

    /// <summary>Why the camera uses another value than was asked, in one line; null when it does not.</summary>
    protected string? ClampNote(string control, Func<string> actual) =>
        State.Controls.GetValueOrDefault(control, ControlCondition.Live) switch
        {
            ControlCondition.ClampedByFrameRate => T["ClampedByFrameRate", actual()].Value,
            ControlCondition.ClampedByCamera => T["ClampedByCamera", actual()].Value,
            _ => null,
        };
}

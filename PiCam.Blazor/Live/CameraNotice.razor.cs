using Microsoft.AspNetCore.Components;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Privacy;

namespace PiCam.Blazor.Live;

/// <summary>Over the last picture: why there is no live one, what PiCam does about it, and when.</summary>
public sealed partial class CameraNotice : CameraControlComponent
{
    private Reason? told;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private PrivacySwitch Privacy { get; set; } = default!;

    private int SecondsLeft => State.RetryAt is { } retryAt
        ? Math.Max(0, (int)Math.Ceiling((retryAt - Time.GetUtcNow()).TotalSeconds))
        : 0;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        PulseEvery(Time, TimeSpan.FromSeconds(1), () => Session.State.Condition == CameraCondition.Lost);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        // Everybody who looks is told once; who comes later finds the picture as it is.
        if (State.Refused != told)
        {
            told = State.Refused;
            if (told is not null && !firstRender)
            {
                Snackbar.Add(T.Say(told), Severity.Error);
            }
        }
    }

    private Task TurnPrivacyOffAsync() => Action.RunAsync(() => Privacy.SetAsync(Caller, on: false));
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Status;

/// <summary>How the camera, the board and PiCam itself do, and their restart.</summary>
public sealed partial class StatusPage : LiveComponent
{
    private Caller? caller;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private BoardMonitor Monitor { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private RunningPanel Panel { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Follow(pulse => Monitor.Changed += pulse, pulse => Monitor.Changed -= pulse);
        caller = CallerFactory.From((await Authentication).User);
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Live;

/// <summary>The live page: the picture, and the instruments on it.</summary>
public sealed partial class LivePage
{
    private ViewerStatistics statistics = default!;
    private Caller? caller;

    // Wide screens start with the panel open, phones with it closed; the style sheet reads the one switch both ways.
    private bool panelToggled;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    private bool MayAim => Gimbal.Exists && caller?.May(Permission.Aim) == true;

    protected override async Task OnInitializedAsync()
    {
        statistics = new ViewerStatistics(Time);
        caller = CallerFactory.From((await Authentication).User);
    }

    private void TogglePanel() => panelToggled = !panelToggled;
}

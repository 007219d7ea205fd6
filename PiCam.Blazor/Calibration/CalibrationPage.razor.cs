using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Calibration;

namespace PiCam.Blazor.Calibration;

/// <summary>Finds out, with the person who looks, what the servos can do. Whoever leaves the page gives up what is not saved.</summary>
public sealed partial class CalibrationPage : LiveComponent
{
    private ViewerStatistics statistics = default!;
    private Caller? caller;
    private bool mine;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private Calibrator Calibrator { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    public override async ValueTask DisposeAsync()
    {
        if (caller is not null)
        {
            Calibrator.Cancel(caller);
        }

        await base.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        statistics = new ViewerStatistics(Time);
        Follow(pulse => Calibrator.Changed += pulse, pulse => Calibrator.Changed -= pulse);
        caller = CallerFactory.From((await Authentication).User);
    }

    protected override void ReadState() => mine = caller is not null && Calibrator.IsRunBy(caller);

    private Task Begin(Axis axis) => Action.RunAsync(() =>
    {
        Calibrator.Begin(caller!, axis);
        return Task.CompletedTask;
    });
}

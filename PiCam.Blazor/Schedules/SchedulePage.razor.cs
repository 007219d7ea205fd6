using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Schedules;

/// <summary>What happens by itself at set times, what comes next, and what was missed.</summary>
public sealed partial class SchedulePage : LiveComponent
{
    private const int MostShown = 10;

    private Caller? caller;
    private ScheduleDraft? draft;
    private ElementReference heading;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private ScheduleBook Book { get; set; } = default!;

    [Inject]
    private IScheduleWork Work { get; set; } = default!;

    [Inject]
    private PlaceSetting Place { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayEdit => caller?.May(Permission.EditSchedule) == true;

    private IReadOnlyList<ScheduledRun> Next => Book.Next(MostShown);

    protected override async Task OnInitializedAsync()
    {
        Follow(pulse => Book.Changed += pulse, pulse => Book.Changed -= pulse);
        Follow(pulse => Place.Changed += pulse, pulse => Place.Changed -= pulse);
        PulseEvery(Time, TimeSpan.FromSeconds(10), () => Book.All.Count > 0);
        caller = CallerFactory.From((await Authentication).User);
    }

    private void Ask(ScheduleDraft asked) => draft = asked;

    // The form goes, and with it the focus.
    private async Task DoneAsync()
    {
        draft = null;
        await heading.TryFocusAsync();
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.TimeLapses;

/// <summary>The time-lapses: what each has taken, and a new one.</summary>
public sealed partial class TimeLapsePage : LiveComponent
{
    private Caller? caller;
    private TimeLapseDraft? draft;
    private bool asked;
    private ElementReference heading;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private TimeLapseBook Book { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayCapture => caller?.May(Permission.Capture) == true;

    protected override async Task OnInitializedAsync()
    {
        Follow(pulse => Book.Changed += pulse, pulse => Book.Changed -= pulse);
        caller = CallerFactory.From((await Authentication).User);

        // Who comes for the first time comes to make one.
        if (Book.All.Count == 0 && MayCapture)
        {
            Begin();
        }
    }

    // The button goes, and with it the focus: to the form, and back above what it made.
    private void Ask()
    {
        asked = true;
        Begin();
    }

    private async Task DoneAsync()
    {
        draft = null;
        await heading.TryFocusAsync();
    }

    private void Begin() => draft = new TimeLapseDraft(T["TimeLapse"], Time.GetLocalNow());
}

using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Profile;

/// <summary>A person's own account: where they are signed in, and how they sign in.</summary>
public sealed partial class ProfilePage
{
    private Caller? caller;
    private string? session;
    private bool isPerson;
    private SessionCard? sessions;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        caller = CallerFactory.From(user);
        session = user.FindFirstValue(PanelClaims.Session);
        isPerson = session is not null;
    }

    private Task ReloadSessionsAsync() => sessions?.LoadAsync() ?? Task.CompletedTask;
}

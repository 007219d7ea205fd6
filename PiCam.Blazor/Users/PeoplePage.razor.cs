using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Users;

/// <summary>Who may come in, and by what: people, invitations, guest links, the panel's own tokens.</summary>
public sealed partial class PeoplePage
{
    private Caller? caller;
    private string? session;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        session = user.FindFirstValue(PanelClaims.Session);
        caller = CallerFactory.From(user);
    }
}

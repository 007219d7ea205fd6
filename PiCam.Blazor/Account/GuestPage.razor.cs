using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Account;

/// <summary>
/// Lets whoever has a guest link watch until it is over. By a press of a button: programs that look at links in messages do
/// not press any, and nothing changes by a GET.
/// </summary>
public sealed partial class GuestPage : AccountPage
{
    // Longer than the link, which is asked at each request: who comes back with the cookie is told that the link is over.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(7);

    private GuestLink? link;

    [Inject]
    private Links Links { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Key { get; set; }

    protected override async Task OnInitializedAsync()
    {
        link = await Links.FindGuestAsync(Key, HttpContext.RequestAborted);
        if (link is null)
        {
            // Not 404: the framework would put its page for unknown addresses here.
            HttpContext.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task SubmitAsync()
    {
        if (link is null)
        {
            return;
        }

        ClaimsPrincipal guest = TokenIdentity.Create(
            TokenIdentity.GuestId(link.Id), link.Name, Role.Guest, IdentityConstants.ApplicationScheme);
        await HttpContext.SignInAsync(
            IdentityConstants.ApplicationScheme,
            guest,
            new AuthenticationProperties { IsPersistent = true, ExpiresUtc = link.ExpiresAt + Afterwards, AllowRefresh = false });
        await Links.EnteredAsync(link, Address, HttpContext.RequestAborted);
        Navigation.NavigateTo("/");
    }
}

using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>Makes the account that somebody was invited to, and signs them in.</summary>
public sealed partial class InvitationPage : AccountPage
{
    private Invitation? invitation;

    [Inject]
    private Links Links { get; set; } = default!;

    [Inject]
    private Welcoming Welcoming { get; set; } = default!;

    [Inject]
    private PanelSignIn SignIn { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "invitation")]
    private InvitationForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Key { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new InvitationForm();
        invitation = await Links.FindInvitationAsync(Key, HttpContext.RequestAborted);
        if (invitation is null)
        {
            // Not 404: the framework would put its page for unknown addresses here.
            HttpContext.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task SubmitAsync()
    {
        if (invitation is null)
        {
            return;
        }

        try
        {
            var user = await Welcoming.AcceptAsync(
                invitation, Form.UserName?.Trim() ?? string.Empty, Form.Password ?? string.Empty, Address, HttpContext.RequestAborted);
            await SignIn.SignInAsync(user, isPersistent: true);
            Navigation.NavigateTo("/");
        }
        catch (PeopleException refused)
        {
            Fail(refused);
        }
    }
}

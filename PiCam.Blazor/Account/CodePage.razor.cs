using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>The second step of signing in: the code of an authenticator app, or a recovery code.</summary>
public sealed partial class CodePage : AccountPage
{
    [Inject]
    private PanelSignIn SignIn { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "code")]
    private CodeForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    internal static string AddressOf(string? returnUrl) =>
        returnUrl is null ? "/sign-in/code" : $"/sign-in/code?returnUrl={Uri.EscapeDataString(LocalUrl.OrHome(returnUrl))}";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new CodeForm();
        if (HttpMethods.IsGet(HttpContext.Request.Method) && await SignIn.GetTwoFactorAuthenticationUserAsync() is null)
        {
            Navigation.NavigateTo("/sign-in");
        }
    }

    private async Task SubmitAsync()
    {
        try
        {
            var result = await SignIn.WithCodeAsync(Form.Code ?? string.Empty);
            if (result is null)
            {
                Navigation.NavigateTo("/sign-in");
            }
            else if (result.Succeeded)
            {
                Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            }
            else
            {
                Fail(Panel.Say(PeopleFault.WrongCode));
            }
        }
        catch (TooManyAttemptsException refused)
        {
            Fail(refused);
        }
    }
}

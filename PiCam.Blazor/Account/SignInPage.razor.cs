using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>Signs a person in by name and password; who uses an authenticator app is asked for its code next.</summary>
public sealed partial class SignInPage : AccountPage
{
    [Inject]
    private PanelSignIn SignIn { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    protected override void OnInitialized()
    {
        Form ??= new SignInForm();
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        try
        {
            var result = await SignIn.WithPasswordAsync(Form.UserName?.Trim() ?? string.Empty, Form.Password ?? string.Empty);
            if (result.Succeeded)
            {
                Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            }
            else if (result.RequiresTwoFactor)
            {
                Navigation.NavigateTo(CodePage.AddressOf(ReturnUrl));
            }
            else
            {
                Fail(T["WrongNameOrPassword"]);
            }
        }
        catch (TooManyAttemptsException refused)
        {
            Fail(refused);
        }
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>Signs a person in by name and password.</summary>
public sealed partial class SignInPage
{
    // The hash of no password. Checking against it makes an unknown name take as long as a known one.
    private static readonly Lazy<string> Decoy =
        new(() => new PasswordHasher<PiCamUser>().HashPassword(new PiCamUser(), Guid.NewGuid().ToString()));

    private string? error;

    [Inject]
    private SignInManager<PiCamUser> SignInManager { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private string? ErrorId => error is null ? null : "error";

    private string? Invalid => error is null ? null : "true";

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
        var name = Form.UserName?.Trim() ?? string.Empty;
        var password = Form.Password ?? string.Empty;
        var user = await SignInManager.UserManager.FindByNameAsync(name);
        if (user is null)
        {
            SignInManager.UserManager.PasswordHasher.VerifyHashedPassword(new PiCamUser(), Decoy.Value, password);
            Fail("WrongNameOrPassword");
            return;
        }

        var result = await SignInManager.PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        }
        else
        {
            Fail(result.IsLockedOut ? "LockedOut" : "WrongNameOrPassword");
        }
    }

    private void Fail(string text)
    {
        error = T[text];
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}

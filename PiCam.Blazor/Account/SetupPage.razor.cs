using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>Makes the first account for whoever brings the one-time code, and signs them in.</summary>
public sealed partial class SetupPage
{
    private string? error;
    private bool wrongCode;

    [Inject]
    private Setup Setup { get; set; } = default!;

    [Inject]
    private SignInManager<PiCamUser> SignInManager { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    protected override void OnInitialized() => Form ??= new SetupForm { Code = Code };

    private async Task SubmitAsync()
    {
        try
        {
            var user = await Setup.CreateAdministratorAsync(
                Form.Code, Form.UserName?.Trim() ?? string.Empty, Form.Password ?? string.Empty, HttpContext.RequestAborted);
            if (user is null)
            {
                wrongCode = true;
                Fail(T["WrongCode"]);
                return;
            }

            await SignInManager.SignInAsync(user, isPersistent: true);
            Navigation.NavigateTo("/");
        }
        catch (PeopleException exception)
        {
            Fail(exception.Error switch
            {
                PeopleError.NameTaken => T["NameTaken"],
                PeopleError.WeakPassword => T["WeakPassword", Passwords.ShortestPassword],
                _ => T["UnusableName"],
            });
        }
    }

    private void Fail(string text)
    {
        error = text;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}

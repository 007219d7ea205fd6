using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Account;

/// <summary>Makes the first account for whoever brings the one-time code, and signs them in.</summary>
public sealed partial class SetupPage : AccountPage
{
    private bool wrongCode;

    [Inject]
    private Setup Setup { get; set; } = default!;

    [Inject]
    private PanelSignIn SignIn { get; set; } = default!;

    [Inject]
    private GuessLimit Guesses { get; set; } = default!;

    [Inject]
    private IAuditTrail Audit { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    protected override void OnInitialized() => Form ??= new SetupForm { Code = Code };

    private async Task SubmitAsync()
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (Guesses.Begin(null, address) is { } wait)
        {
            Fail(new TooManyAttemptsException(wait));
            return;
        }

        try
        {
            var user = await Setup.CreateAdministratorAsync(
                Form.Code, Form.UserName?.Trim() ?? string.Empty, Form.Password ?? string.Empty, HttpContext.RequestAborted);
            if (user is null)
            {
                wrongCode = true;
                var somebody = new Caller("", "?", Role.Guest, "", Address);
                Audit.Record(somebody, AuditAction.SignInFailed, "set-up code");
                Guesses.Failed(somebody, null, address);
                Fail(T["WrongCode"]);
                return;
            }

            Guesses.Succeeded(null, address);
            await SignIn.SignInAsync(user, isPersistent: true);
            Navigation.NavigateTo("/");
        }
        catch (PeopleException refused)
        {
            Guesses.Succeeded(null, address);
            Fail(refused);
        }
    }
}

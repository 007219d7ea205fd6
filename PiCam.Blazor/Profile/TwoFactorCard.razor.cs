using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Profile;

/// <summary>Sets an authenticator app up, and its recovery codes.</summary>
public sealed partial class TwoFactorCard : ConfirmedCard
{
    private bool isOn;
    private int codesLeft;
    private string? key;
    private string code = "";
    private IReadOnlyList<string> recovery = [];

    [Inject]
    private SignInMethods Methods { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    private string KeyAddress
    {
        get
        {
            var issuer = Uri.EscapeDataString("PiCam " + new Uri(Navigation.BaseUri).Host);
            return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(Caller.Name)}?secret={key}&issuer={issuer}&digits=6&period=30";
        }
    }

    protected override Task OnInitializedAsync() => Action.RunAsync(LoadAsync);

    private static string Spaced(string key) => string.Join(' ', key.Chunk(4).Select(group => new string(group)));

    private async Task LoadAsync() => (isOn, codesLeft) = await Methods.TwoFactorAsync(Caller);

    private async Task BeginAsync()
    {
        code = "";
        key = await Methods.NewAuthenticatorKeyAsync(Caller, Session, CancellationToken.None);
    }

    private Task TurnOnAsync() => Action.RunAsync(async () =>
    {
        recovery = await Methods.TurnTwoFactorOnAsync(Caller, Session, code, CancellationToken.None);
        key = null;
        await LoadAsync();
    });

    private async Task NewCodesAsync()
    {
        recovery = await Methods.NewRecoveryCodesAsync(Caller, Session, CancellationToken.None);
        await LoadAsync();
    }

    private async Task TurnOffAsync()
    {
        await Methods.TurnTwoFactorOffAsync(Caller, Session, CancellationToken.None);
        recovery = [];
        await LoadAsync();
    }
}

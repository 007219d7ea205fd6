using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Profile;

/// <summary>Sets an authenticator app up, and its recovery codes.</summary>
public sealed partial class TwoFactorCard
{
    private bool isOn;
    private int codesLeft;
    private string? key;
    private string code = "";
    private IReadOnlyList<string> recovery = [];

    // What waits for the password; null: nothing.
    private Func<Task>? wanted;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public string? Session { get; set; }

    [Inject]
    private SignInMethods Methods { get; set; } = default!;

    [Inject]
    private Sessions Sessions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

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

    /// <summary>Does it, or asks for the password first.</summary>
    private async Task WantAsync(Func<Task> act)
    {
        wanted = act;
        if (await Sessions.IsConfirmedAsync(Session, CancellationToken.None))
        {
            await GoOnAsync();
        }
    }

    private async Task GoOnAsync()
    {
        if (wanted is { } act)
        {
            wanted = null;
            await Action.RunAsync(act);
        }
    }

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

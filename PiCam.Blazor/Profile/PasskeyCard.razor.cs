using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Profile;

/// <summary>A person's passkeys. The browser makes them, over HTTPS and under a name only; elsewhere the card says so.</summary>
public sealed partial class PasskeyCard : ConfirmedCard, IAsyncDisposable
{
    private IReadOnlyList<UserPasskeyInfo> passkeys = [];
    private PageScript? script;
    private string name = "";

    // "yes", or why not; null: the browser was not asked yet.
    private string? support;

    [Inject]
    private SignInMethods Methods { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    public ValueTask DisposeAsync() => script?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task OnInitializedAsync() => Action.RunAsync(LoadAsync);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./js/passkey.js");
            await script.OpenAsync();
            support = await script.CallAsync<string>("support");
            StateHasChanged();
        }
    }

    private async Task LoadAsync() => passkeys = await Methods.PasskeysAsync(Caller);

    private async Task AddAsync()
    {
        if (script is null)
        {
            return;
        }

        var outcome = await script.CallAsync<string>("create", name.Trim());
        if (outcome == "ok")
        {
            name = "";
            await LoadAsync();
        }
        else if (outcome is not (null or "cancelled"))
        {
            Snackbar.Add(T["ActionFailed", outcome], Severity.Error);
        }
    }

    private async Task RemoveAsync(UserPasskeyInfo passkey)
    {
        await Methods.RemovePasskeyAsync(Caller, Session, passkey, CancellationToken.None);
        await LoadAsync();
    }
}

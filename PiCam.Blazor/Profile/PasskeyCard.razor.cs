using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Profile;

/// <summary>A person's passkeys. The browser makes them, over HTTPS and under a name only; elsewhere the card says so.</summary>
public sealed partial class PasskeyCard : IAsyncDisposable
{
    private IReadOnlyList<UserPasskeyInfo> passkeys = [];
    private PageScript? script;
    private string name = "";

    // "yes", or why not; null: the browser was not asked yet.
    private string? support;

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
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

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

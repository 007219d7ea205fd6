using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using PiCam.Blazor.Live;

namespace PiCam.Blazor.Layout;

public sealed partial class MainLayout : IAsyncDisposable
{
    private bool dark;
    private ErrorBoundary? boundary;
    private IJSObjectReference? module;

    [CascadingParameter(Name = "Theme")]
    private string InitialTheme { get; set; } = ThemeCookie.Dark;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    private static string OtherLanguage => IsChinese ? "en" : "zh-Hans";

    private string LanguageLink =>
        $"/language?culture={OtherLanguage}&returnUrl={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}";

    public async ValueTask DisposeAsync()
    {
        await module.ReleaseAsync();
    }

    protected override void OnInitialized() => dark = InitialTheme != ThemeCookie.Light;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/theme.js");
        }
    }

    private async Task ToggleThemeAsync()
    {
        if (module is not null)
        {
            dark = !dark;
            await module.InvokeVoidAsync("use", dark ? ThemeCookie.Dark : ThemeCookie.Light);
        }
    }

    private string RoleText(ClaimsPrincipal user) => T["Role" + user.FindFirstValue(ClaimTypes.Role)];
}

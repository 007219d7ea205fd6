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
    private PageScript? themes;

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

    public ValueTask DisposeAsync() => themes?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized() => dark = InitialTheme != ThemeCookie.Light;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            themes = new PageScript(Js, "./js/theme.js");
            var rendered = dark;
            await themes.OpenAsync();
            if (dark != rendered)
            {
                await UseThemeAsync();
            }
        }
    }

    // A click that comes before the script is there counts: it is made good when the script arrives.
    private async Task ToggleThemeAsync()
    {
        dark = !dark;
        await UseThemeAsync();
    }

    private async Task UseThemeAsync()
    {
        if (themes is not null)
        {
            await themes.CallAsync<object>("use", dark ? ThemeCookie.Dark : ThemeCookie.Light);
        }
    }

    private string RoleText(ClaimsPrincipal user) => T["Role" + user.FindFirstValue(ClaimTypes.Role)];
}

using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Layout;

namespace PiCam.Blazor.Account;

/// <summary>One card in the middle: the pages that somebody sees who is not signed in. Plain HTML, no circuit.</summary>
public sealed partial class AccountLayout
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private string OtherTheme => ThemeCookie.Read(HttpContext.Request) == ThemeCookie.Light ? ThemeCookie.Dark : ThemeCookie.Light;

    /// <summary>A link that makes a choice and leads back here.</summary>
    private string Choose(string choice) =>
        $"/{choice}&returnUrl={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}";
}

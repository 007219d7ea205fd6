using Microsoft.AspNetCore.Components;

namespace PiCam.Blazor.Account;

/// <summary>One card in the middle: the pages that somebody sees who is not signed in. Plain HTML, no circuit.</summary>
public sealed partial class AccountLayout
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string LanguageLink =>
        $"/language?culture={PanelCultures.Other}&returnUrl={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}";
}

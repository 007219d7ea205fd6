using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using PiCam.Blazor.Layout;

namespace PiCam.Blazor;

/// <summary>The document around every page. Account pages are plain HTML; everything else runs over the circuit.</summary>
public sealed partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    // Not prerendered: the page is the live picture, and there is none before the circuit is up.
    private IComponentRenderMode? PageRenderMode =>
        HttpContext.AcceptsInteractiveRouting() ? new InteractiveServerRenderMode(prerender: false) : null;

    private string ThemeName => ThemeCookie.Read(HttpContext.Request);
}

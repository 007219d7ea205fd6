using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live;

/// <summary>
/// The quiet row of buttons on the picture: full screen, picture in picture, save, share. The browser does it all, at once
/// with the click as it demands; a button that it has nothing behind is not there. While the row is on the page, the screen
/// does not go dark.
/// </summary>
public sealed partial class PictureTools : LiveComponent
{
    private ElementReference root;
    private PageScript? script;
    private HashSet<string> available = [];
    private bool fullScreen;
    private bool floating;
    private bool isPrivate;

    /// <summary>More buttons at the end of the row.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private CameraSession Session { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Called by the browser when the page fills the screen, or no longer.</summary>
    [JSInvokable]
    public void SetFullScreen(bool on)
    {
        fullScreen = on;
        StateHasChanged();
    }

    /// <summary>Called by the browser when the picture floats over other windows, or no longer.</summary>
    [JSInvokable]
    public void SetFloating(bool on)
    {
        floating = on;
        StateHasChanged();
    }

    /// <summary>Called by the browser when a tool did not work.</summary>
    [JSInvokable]
    public void Failed(string tool) => Snackbar.Add(
        tool switch
        {
            "fullScreen" => T["FullScreenFailed"],
            "float" => T["FloatingFailed"],
            "share" => T["SharePictureFailed"],
            _ => T["SavePictureFailed"],
        },
        Severity.Warning);

    public override async ValueTask DisposeAsync()
    {
        Session.Changed -= Look;
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Session.Changed += Look;
        Look();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Live/PictureTools.razor.js");
            await script.AttachAsync(root, this);
            available = [.. await script.CallAsync<string[]>("available") ?? []];
            StateHasChanged();
        }
    }

    private void Look()
    {
        var nowPrivate = Session.State.Condition == CameraCondition.Private;
        if (isPrivate != nowPrivate)
        {
            isPrivate = nowPrivate;
            Pulse();
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Resources;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live.Instruments;

/// <summary>
/// A photographer's instruments on the live picture: histogram, zebra, focus peaking, grid, loupe. The browser computes and
/// draws them from what it shows anyway; the pictures stay untouched, and others see nothing of it.
/// </summary>
public sealed partial class PictureInstruments : LiveComponent
{
    /// <summary>What can be switched on and off, each by its key.</summary>
    internal static IReadOnlyList<(string Name, string Key)> Toggles { get; } =
        [("Histogram", "H"), ("Zebra", "Z"), ("Focus", "F"), ("Grid", "G"), ("Loupe", "E"), ("Mute", "M")];

    private ElementReference root;
    private PageScript? script;
    private bool isLive;
    private volatile bool measuresFocus;
    private string? focusText;

    [Inject]
    private CameraSession Session { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Called by the browser when it shows the camera's own figure of the focus, or no longer; only then is it sent.</summary>
    [JSInvokable]
    public void MeasureFocus(bool on)
    {
        measuresFocus = on;
        Look();
    }

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
            script = new PageScript(Js, "./Live/Instruments/PictureInstruments.razor.js");
            await script.AttachAsync(root, this);
        }
    }

    private void Look()
    {
        var state = Session.State;
        var nowLive = state.Condition == CameraCondition.Live;
        var nowFocus = measuresFocus && nowLive && state.Actual?.FocusFoM is { } figure
            ? figure.ToString("0", CultureInfo.InvariantCulture)
            : null;
        if ((isLive, focusText) != (nowLive, nowFocus))
        {
            (isLive, focusText) = (nowLive, nowFocus);
            Pulse();
        }
    }
}

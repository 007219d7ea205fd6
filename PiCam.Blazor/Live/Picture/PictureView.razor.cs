using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Optics;

namespace PiCam.Blazor.Live.Picture;

/// <summary>
/// Holds the live picture the right way up, and zooms it: wheel and pinch about the place under them, drag to move, double
/// click to see everything again. The zoom is the camera's own (ScalerCrop), so everybody sees it and detail is real.
/// </summary>
public sealed partial class PictureView : CameraControlComponent
{
    private ElementReference surface;
    private DotNetObjectReference<PictureView>? self;
    private IJSObjectReference? zooming;

    /// <summary>The picture.</summary>
    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private bool MayZoom => Caller.May(Permission.AdjustPicture) && LargestFactor > 1;

    private double LargestFactor => State.Capabilities is { } c ? ZoomView.LargestFactor(c) : 1;

    private double LeastScale => 1 / LargestFactor;

    private Orientation Turn => Orientation.Of(State.Asked, State.Capabilities?.Flips ?? false);

    private ZoomView Shown => State.Capabilities is { } c ? Turn.ToPage(ZoomView.Of(State.Asked.ScalerCrop, c)) : ZoomView.Whole;

    private string ViewText => string.Join(' ', new[] { Shown.X, Shown.Y, Shown.Scale }.Select(Invariant));

    private string FactorText => (1 / Shown.Scale).ToString("0.0#", CultureInfo.InvariantCulture) + "×";

    private bool turned => Turn.PageRotation is Rotation.Rotate90 or Rotation.Rotate270;

    private double Aspect
    {
        get
        {
            var size = State.Capabilities?.Size ?? new PixelSize(16, 9);
            return turned ? (double)size.Height / size.Width : (double)size.Width / size.Height;
        }
    }

    private string? Transform => Turn is { PageRotation: Rotation.Rotate0, PageHorizontalFlip: false, PageVerticalFlip: false }
        ? null
        : $"transform: scale({(Turn.PageHorizontalFlip ? -1 : 1)}, {(Turn.PageVerticalFlip ? -1 : 1)}) rotate({(int)Turn.PageRotation}deg)";

    /// <summary>The person wants to see this part of the whole picture, as it stands on the page.</summary>
    /// <param name="x">Left edge, as a fraction of the whole.</param>
    /// <param name="y">Top edge, as a fraction of the whole.</param>
    /// <param name="scale">Width, as a fraction of the whole.</param>
    [JSInvokable]
    public Task ZoomAsync(double x, double y, double scale) => State.Capabilities is { } c
        ? ChangeAsync(controls => controls with { ScalerCrop = Turn.ToSensor(new ZoomView(x, y, scale)).ToCrop(c) })
        : Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (zooming is not null)
            {
                await zooming.InvokeVoidAsync("stop");
                await zooming.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its listeners with it.
        }

        self?.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Live/Picture/PictureView.razor.js");
            zooming = await module.InvokeAsync<IJSObjectReference>("attach", surface, self);
        }
    }

    private static string Invariant(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    private Task ResetAsync() => ChangeAsync(controls => controls with { ScalerCrop = null });
}

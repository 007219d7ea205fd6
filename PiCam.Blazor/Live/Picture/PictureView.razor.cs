using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;

namespace PiCam.Blazor.Live.Picture;

/// <summary>
/// Holds the live picture the right way up, and zooms it: wheel and pinch about the place under them, drag to move, double
/// click to see everything again. The zoom is the camera's own (ScalerCrop), so everybody sees it and detail is real. On a
/// gimbal, a click brings a place to the middle, and a drag turns the gimbal where there is nothing left to move in the zoom.
/// </summary>
public sealed partial class PictureView : CameraControlComponent
{
    private ElementReference surface;
    private DotNetObjectReference<PictureView>? self;
    private IJSObjectReference? zooming;
    private (int Drag, PanTilt Direction) grabbed;

    /// <summary>The picture.</summary>
    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private PictureAim Aim { get; set; } = default!;

    private bool MayAim => Gimbal.Exists && Caller.May(Permission.Aim);

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

    /// <summary>The person clicked here, in fractions of the picture: it comes to the middle.</summary>
    [JSInvokable]
    public Task CentreAsync(double u, double v) => Action.RunAsync(() =>
    {
        Aim.Centre(Caller, new PicturePoint(u, v));
        return Task.CompletedTask;
    });

    /// <summary>The person drags the scene: what lay under the first point is to lie under the second.</summary>
    /// <param name="drag">Counts the drags of this page, so that a new one grabs anew.</param>
    /// <param name="fromU">Where it began; from left to right.</param>
    /// <param name="fromV">Where it began; from top to bottom.</param>
    /// <param name="u">Where it is.</param>
    /// <param name="v">Where it is.</param>
    [JSInvokable]
    public Task DragAsync(int drag, double fromU, double fromV, double u, double v) => Action.RunAsync(() =>
    {
        if (grabbed.Drag != drag)
        {
            grabbed = (drag, Aim.Grab(Caller, new PicturePoint(fromU, fromV)));
        }

        Aim.Drag(Caller, grabbed.Direction, new PicturePoint(u, v));
        return Task.CompletedTask;
    });

    public override async ValueTask DisposeAsync()
    {
        await zooming.StopAndReleaseAsync();
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

using PiCam.Core.Cameras;

namespace PiCam.Core.Optics;

/// <summary>
/// Which part of the whole field is shown, in fractions of it; the arithmetic between a ScalerCrop and a zoom. The part has the
/// field's own shape, so one scale serves both directions.
/// </summary>
/// <param name="X">Left edge, 0 to 1 − <paramref name="Scale"/>.</param>
/// <param name="Y">Top edge, 0 to 1 − <paramref name="Scale"/>.</param>
/// <param name="Scale">Shown width over whole width, above 0 to 1; the zoom factor is its reciprocal.</param>
public readonly record struct ZoomView(double X, double Y, double Scale)
{
    // Nobody sees a crop of the last part in a thousand; it is meant as "all".
    private const double All = 0.999;

    /// <summary>All that the stream can show.</summary>
    public static ZoomView Whole { get; } = new(0, 0, 1);

    /// <summary>How far the camera can zoom in; 1 when it cannot.</summary>
    public static double LargestFactor(CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        return capabilities is { ScalerCropMaximum: { } most, ScalerCropMinimum: { } least }
            ? Math.Min((double)most.Width / least.Width, (double)most.Height / least.Height)
            : 1;
    }

    /// <summary>The view that a crop shows; null is the whole.</summary>
    public static ZoomView Of(PixelRectangle? crop, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        return crop is { } c && capabilities.ScalerCropMaximum is { } most
            ? new ZoomView((double)(c.X - most.X) / most.Width, (double)(c.Y - most.Y) / most.Height, (double)c.Width / most.Width)
                .Inside(capabilities)
            : Whole;
    }

    /// <summary>The same view, larger or smaller about its centre; it stays in the field.</summary>
    /// <param name="scale">The new <see cref="Scale"/>.</param>
    public ZoomView ZoomedTo(double scale) => new(X + ((Scale - scale) / 2), Y + ((Scale - scale) / 2), scale);

    /// <summary>The crop that shows this view, moved and sized to what the camera can do; null: everything.</summary>
    public PixelRectangle? ToCrop(CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        if (capabilities.ScalerCropMaximum is not { } most || !(Scale < All))
        {
            return null;
        }

        var view = Inside(capabilities);
        var least = capabilities.ScalerCropMinimum ?? new(1, 1);
        var width = Math.Clamp((int)Math.Round(view.Scale * most.Width), least.Width, most.Width);
        var height = Math.Clamp((int)Math.Round(view.Scale * most.Height), least.Height, most.Height);
        return new PixelRectangle(
            Math.Clamp(most.X + (int)Math.Round(view.X * most.Width), most.X, most.X + most.Width - width),
            Math.Clamp(most.Y + (int)Math.Round(view.Y * most.Height), most.Y, most.Y + most.Height - height),
            width,
            height);
    }

    private ZoomView Inside(CameraCapabilities capabilities)
    {
        var scale = double.IsNaN(Scale) ? 1 : Math.Clamp(Scale, 1 / LargestFactor(capabilities), 1);
        return new(Place(X, scale), Place(Y, scale), scale);
    }

    private static double Place(double edge, double scale) => double.IsNaN(edge) ? 0 : Math.Clamp(edge, 0, 1 - scale);
}

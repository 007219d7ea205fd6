using PiCam.Core.Frames;

namespace PiCam.Core.Cameras.Controls;

/// <summary>The part of the sensor that is shown.</summary>
public sealed class ScalerCropControl() : CameraControl(ControlNames.ScalerCrop)
{
    // Sensors crop in steps of a few pixels.
    private const int TolerancePixels = 8;

    /// <inheritdoc/>
    public override bool ExistsOn(CameraCapabilities capabilities) => capabilities.ScalerCropMaximum is not null;

    /// <inheritdoc/>
    public override IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        if (controls.ScalerCrop is { } crop && !Fits(crop, capabilities))
        {
            yield return new(Name, crop.ToString(), capabilities.ScalerCropMaximum is { } maximum
                ? Allowed.RectangleWithin(
                    Minimum(capabilities).ToString(), new PixelSize(maximum.Width, maximum.Height).ToString(), $"{maximum.X},{maximum.Y}")
                : Allowed.NotOnThisCamera);
        }
    }

    /// <inheritdoc/>
    public override CameraControls Fit(CameraControls controls, CameraCapabilities capabilities) =>
        controls.ScalerCrop is { } crop && Fits(crop, capabilities) ? controls : controls with { ScalerCrop = null };

    /// <inheritdoc/>
    public override bool Same(CameraControls a, CameraControls b) => a.ScalerCrop == b.ScalerCrop;

    /// <inheritdoc/>
    public override bool? Confirmed(CameraControls asked, FrameMetadata? actual) => asked.ScalerCrop is { } crop
        ? actual?.ScalerCrop is { } shown && Near(shown.X, crop.X) && Near(shown.Y, crop.Y)
            && Near(shown.Width, crop.Width) && Near(shown.Height, crop.Height)
        : null;

    private static bool Near(int a, int b) => Math.Abs(a - b) <= TolerancePixels;

    private static PixelSize Minimum(CameraCapabilities capabilities) => capabilities.ScalerCropMinimum ?? new(1, 1);

    private static bool Fits(PixelRectangle crop, CameraCapabilities capabilities)
    {
        var minimum = Minimum(capabilities);
        return capabilities.ScalerCropMaximum is { } maximum
            && maximum.Contains(crop) && crop.Width >= minimum.Width && crop.Height >= minimum.Height
            && Near((int)Math.Round((double)crop.Width * maximum.Height / maximum.Width), crop.Height);
    }
}

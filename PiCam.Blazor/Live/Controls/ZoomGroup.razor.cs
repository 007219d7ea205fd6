using System.Globalization;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Optics;
using PiCam.Core.Photography;

namespace PiCam.Blazor.Live.Controls;

/// <summary>Zoom by ScalerCrop, and focus where the lens moves.</summary>
public sealed partial class ZoomGroup : CameraControlComponent
{
    private const int StepsPerDouble = 12;

    private string Title(CameraCapabilities c) =>
        T[c.AfModes.Count == 0 && c.LensPosition is null ? "Zoom" : c.ScalerCropMaximum is null ? "Focus" : "ZoomAndFocus"];

    private static LogScale? Scale(CameraCapabilities c) =>
        ZoomView.LargestFactor(c) is > 1 and var largest ? LogScale.Fine(1, largest, StepsPerDouble) : null;

    private static double Factor(PixelRectangle? crop, CameraCapabilities c) => 1 / ZoomView.Of(crop, c).Scale;

    private static string Format(double factor) => factor.ToString("0.0#", CultureInfo.InvariantCulture) + "×";

    private Task ZoomAsync(double factor, CameraCapabilities c) =>
        ChangeAsync(controls => controls with { ScalerCrop = ZoomView.Of(controls.ScalerCrop, c).ZoomedTo(1 / factor).ToCrop(c) });

    private Task TypeAsync(string text, CameraCapabilities c) =>
        double.TryParse(
            text.Trim('×', 'x', ' ').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
        && factor >= 1 && factor <= ZoomView.LargestFactor(c) + 0.01
            ? ZoomAsync(factor, c)
            : Action.RunAsync(() => Task.FromException(new InvalidValueException(new InvalidValue(
                ControlNames.ScalerCrop, $"“{text}”", $"{Format(1)} … {Format(ZoomView.LargestFactor(c))}"))));
}

using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

/// <summary>A decoded frame in linear light, 1 is white, with the places where directions should be.</summary>
internal sealed class Picture
{
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(i => Linearise(i / 255.0))];
    private readonly byte[] pixels;
    private readonly CameraCapabilities capabilities;
    private readonly PanTilt aim;

    public Picture(Frame frame, CameraCapabilities capabilities, PanTilt aim)
    {
        (this.capabilities, this.aim, Metadata, Width, Height) = (capabilities, aim, frame.Metadata, frame.Width, frame.Height);
        var info = new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var stream = new MemoryStream(frame.Jpeg);
        using var codec = SKCodec.Create(stream);
        Assert.Equal((frame.Width, frame.Height), (codec.Info.Width, codec.Info.Height));
        using var bitmap = new SKBitmap(info);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels()));
        pixels = bitmap.GetPixelSpan().ToArray();
    }

    public FrameMetadata Metadata { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Pixels per degree in the middle of the picture.</summary>
    public double PixelsPerDegree =>
        Width / 2 / Math.Tan(View.HorizontalDegrees * Math.PI / 360) * Math.PI / 180 * Whole.Width / Metadata.ScalerCrop!.Value.Width;

    private RectilinearView View => new(capabilities.HorizontalFieldOfView!.Value, capabilities.VerticalFieldOfView!.Value);

    private PixelRectangle Whole => capabilities.ScalerCropMaximum!.Value;

    /// <summary>A raw value of a colour (0 red, 1 green, 2 blue), 0 to 255.</summary>
    public int Byte(int x, int y, int colour) => pixels[(((y * Width) + x) * 4) + colour];

    /// <summary>Linear green, 0 to 1.</summary>
    public double Green(int x, int y) => Linear[Byte(x, y, 1)];

    /// <summary>Where a direction should appear: pixels from the picture's top left corner, where pixel centres are at halves.</summary>
    public (double X, double Y) Place(PanTilt direction)
    {
        var point = Assert.NotNull(View.Project(direction, aim));
        var crop = Metadata.ScalerCrop!.Value;
        return (
            ((point.U * Whole.Width) + Whole.X - crop.X) / crop.Width * Width,
            ((point.V * Whole.Height) + Whole.Y - crop.Y) / crop.Height * Height);
    }

    /// <summary>Mean linear red, green and blue around a direction.</summary>
    public (double Red, double Green, double Blue) Mean(PanTilt direction, int radius)
    {
        var (red, green, blue) = (0.0, 0.0, 0.0);
        var count = 0;
        foreach (var (x, y) in Around(Place(direction), radius))
        {
            red += Linear[Byte(x, y, 0)];
            green += Linear[Byte(x, y, 1)];
            blue += Linear[Byte(x, y, 2)];
            count++;
        }

        return (red / count, green / count, blue / count);
    }

    /// <summary>Linear green of each pixel around a direction.</summary>
    public double[] Patch(PanTilt direction, int radius) =>
        [.. Around(Place(direction), radius).Select(p => Green(p.X, p.Y))];

    /// <summary>Where a bright spot near a place really is, to a part of a pixel.</summary>
    public (double X, double Y) Centroid((double X, double Y) near, int radius)
    {
        var around = Around(near, radius).Select(p => (p.X, p.Y, Value: Green(p.X, p.Y))).ToArray();
        var background = around.Select(p => p.Value).Order().ElementAt(around.Length / 2);
        var threshold = background + (0.3 * (around.Max(p => p.Value) - background));
        var spot = around.Where(p => p.Value > threshold).ToArray();
        var weight = spot.Sum(p => p.Value - background);
        return (
            spot.Sum(p => (p.X + 0.5) * (p.Value - background)) / weight,
            spot.Sum(p => (p.Y + 0.5) * (p.Value - background)) / weight);
    }

    /// <summary>Mean linear green of the whole picture.</summary>
    public double Brightness()
    {
        var sum = 0.0;
        for (var i = 1; i < pixels.Length; i += 4)
        {
            sum += Linear[pixels[i]];
        }

        return sum / (Width * Height);
    }

    private IEnumerable<(int X, int Y)> Around((double X, double Y) centre, int radius)
    {
        var (left, top) = ((int)Math.Floor(centre.X) - radius, (int)Math.Floor(centre.Y) - radius);
        Assert.InRange(left, 0, Width - (2 * radius) - 1);
        Assert.InRange(top, 0, Height - (2 * radius) - 1);
        for (var y = top; y <= top + (2 * radius); y++)
        {
            for (var x = left; x <= left + (2 * radius); x++)
            {
                yield return (x, y);
            }
        }
    }

    // IEC 61966-2-1, written here again so that the product's own conversion is not its own judge.
    private static double Linearise(double encoded) =>
        encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);
}

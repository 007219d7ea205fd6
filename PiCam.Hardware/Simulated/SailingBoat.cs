using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>The boat that sails to and fro in the bay. Degrees.</summary>
internal static class SailingBoat
{
    private const double CentreX = -9.5;
    private const double ReachX = 9;
    private const double RoundTripSeconds = 48;
    private const float Waterline = 3.4f;

    /// <summary>All that the boat and its mirror image ever cover.</summary>
    public static SKRect Waters { get; } = Around((float)(CentreX - ReachX), (float)(CentreX + ReachX));

    /// <summary>What the boat and its mirror image cover at a moment.</summary>
    public static SKRect Bounds(double seconds)
    {
        var x = (float)X(seconds);
        return Around(x, x);
    }

    /// <summary>The boat as it floats at a moment.</summary>
    public static void Paint(SKCanvas canvas, double seconds)
    {
        var heading = Math.Cos(seconds / RoundTripSeconds * 2 * Math.PI);
        var bob = (float)(0.07 * Math.Sin(seconds * 2.1));
        var roll = (float)(2.2 * Math.Sin((seconds * 1.7) + 1));
        // Turning shows as the boat growing short and long again; never thinner than its own beam.
        var along = (float)(Math.Sign(heading) * Math.Max(0.25, Math.Min(1, Math.Abs(heading) * 4)));
        var x = (float)X(seconds);
        canvas.Save();
        canvas.Translate(x, Waterline + 0.25f);
        canvas.Scale(along, -0.42f);
        PaintHullAndSails(canvas, 0x48);
        canvas.Restore();
        canvas.Save();
        canvas.Translate(x, Waterline + bob);
        canvas.RotateDegrees(roll);
        canvas.Scale(along, 1);
        PaintHullAndSails(canvas, 0xFF);
        canvas.Restore();
    }

    private static SKRect Around(float first, float last) => new(first - 2.4f, Waterline - 5.6f, last + 2.4f, Waterline + 2.6f);

    private static double X(double seconds) => CentreX + (ReachX * Math.Sin(seconds / RoundTripSeconds * 2 * Math.PI));

    private static void PaintHullAndSails(SKCanvas canvas, byte alpha)
    {
        using var paint = new SKPaint { IsAntialias = true };
        paint.Color = new SKColor(0x5A, 0x3B, 0x2C, alpha);
        canvas.DrawRect(-0.05f, -5.1f, 0.1f, 4.9f, paint);
        paint.Color = new SKColor(0xFA, 0xEE, 0xDC, alpha);
        Triangle(canvas, paint, -0.15f, -4.95f, -0.15f, -0.75f, -1.75f, -0.8f);
        paint.Color = new SKColor(0xD9, 0x64, 0x4A, alpha);
        Triangle(canvas, paint, 0.15f, -4.6f, 0.15f, -0.7f, 1.75f, -0.45f);
        paint.Color = new SKColor(0x2F, 0x4B, 0x66, alpha);
        using var builder = new SKPathBuilder();
        builder.MoveTo(-1.9f, -0.5f);
        builder.LineTo(2.05f, -0.5f);
        builder.QuadTo(1.5f, 0.35f, 0.9f, 0.38f);
        builder.LineTo(-1.3f, 0.38f);
        builder.QuadTo(-1.8f, 0.2f, -1.9f, -0.5f);
        builder.Close();
        using var hull = builder.Detach();
        canvas.DrawPath(hull, paint);
        paint.Color = new SKColor(0xF2, 0xE6, 0xD2, alpha);
        canvas.DrawRect(-1.86f, -0.42f, 3.8f, 0.1f, paint);
    }

    private static void Triangle(SKCanvas canvas, SKPaint paint, float x1, float y1, float x2, float y2, float x3, float y3)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(x1, y1);
        builder.LineTo(x2, y2);
        builder.LineTo(x3, y3);
        builder.Close();
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }
}

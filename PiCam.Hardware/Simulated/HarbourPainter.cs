using System.Globalization;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>What stands around the harbour. Units are degrees: x is pan, y points down from the horizon.</summary>
internal static class HarbourPainter
{
    /// <summary>Paints everything between two pan angles, whose span may cross +180°.</summary>
    public static void Paint(SKCanvas canvas, double left, double right)
    {
        // What stands at +180° reaches a little beyond it, into the left edge of the next turn.
        const double Overhang = 2;
        for (var turn = Math.Floor((left + 180 - Overhang) / 360); turn <= Math.Floor((right + 180) / 360); turn++)
        {
            canvas.Save();
            canvas.Translate((float)(turn * 360), 0);
            PaintTurn(canvas);
            canvas.Restore();
        }
    }

    private static void PaintTurn(SKCanvas canvas)
    {
        PaintRidge(canvas, 0, 4.4f, 0x9C7F93, 0xD69A78);
        PaintRidge(canvas, 1, 2.9f, 0x655F7E, 0x9A6C66);
        PaintRidge(canvas, 2, 1.5f, 0x3D445F, 0x5F4A55);
        PaintTown(canvas, -62, -27);
        PaintTown(canvas, 24, 66);
        PaintTown(canvas, 118, 171);
        HarbourBuildings.PaintLighthouse(canvas);
        HarbourBuildings.PaintPeninsula(canvas);
        HarbourBuildings.PaintHouse(canvas);
        ClockTower.Paint(canvas);
        PaintScale(canvas);
        TestCard.Paint(canvas);
        HarbourBuildings.PaintLamp(canvas);
    }

    private static void PaintRidge(SKCanvas canvas, int layer, float height, uint cool, uint warm)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(-181, 0.02f);
        for (var x = -181f; x <= 181; x += 0.2f)
        {
            path.LineTo(x, -RidgeHeight(x, layer, height));
        }

        path.LineTo(181, 0.02f);
        path.Close();
        var coolColour = new SKColor(cool | 0xFF000000);
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(-75, 0), new SKPoint(45, 0), [coolColour, new SKColor(warm | 0xFF000000), coolColour], [0, 0.5f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        using var shape = path.Detach();
        canvas.DrawPath(shape, paint);
    }

    private static float RidgeHeight(float x, int layer, float height)
    {
        // Whole numbers of waves in the full turn, so that the ridge closes on itself behind the viewer.
        var angle = x * MathF.PI / 180;
        var sum = 0.55f + (0.16f * MathF.Sin((5 * angle) + (layer * 2.1f))) + (0.14f * MathF.Sin((11 * angle) + 1 + (layer * 4)))
            + (0.08f * MathF.Sin((23 * angle) + (layer * 1.3f))) + (0.035f * MathF.Sin((61 * angle) + layer))
            + (0.018f * MathF.Sin((173 * angle) + (layer * 3)));
        // The bay opens towards the sun.
        var fromSun = (x - (float)Backdrop.SunPan) / 21;
        return Math.Max(0.02f, height * sum * (1 - (0.86f * MathF.Exp(-fromSun * fromSun))));
    }

    private static void PaintTown(SKCanvas canvas, float from, float to)
    {
        using var paint = new SKPaint { IsAntialias = true };
        var index = 0;
        for (var x = from; x < to; index++)
        {
            var width = 0.45f + (0.7f * ValueNoise.Hash(index, (int)from));
            var height = 0.35f + (0.95f * ValueNoise.Hash(index, (int)from + 1));
            var shade = ValueNoise.Hash(index, (int)from + 2);
            paint.Color = new SKColor((byte)(70 + (60 * shade)), (byte)(58 + (48 * shade)), (byte)(68 + (34 * shade)));
            canvas.DrawRect(x, -height, width, height, paint);
            paint.Color = new SKColor((byte)(70 + (40 * shade)), 46, 50);
            using var roof = new SKPathBuilder();
            roof.MoveTo(x - 0.05f, -height);
            roof.LineTo(x + (width / 2), -height - 0.28f);
            roof.LineTo(x + width + 0.05f, -height);
            roof.Close();
            using var shape = roof.Detach();
            canvas.DrawPath(shape, paint);
            PaintWindows(canvas, x, width, height, index, paint);
            x += width + (0.35f * ValueNoise.Hash(index, (int)from + 3));
        }
    }

    private static void PaintWindows(SKCanvas canvas, float x, float width, float height, int house, SKPaint paint)
    {
        paint.Color = new SKColor(0xFFFFD890);
        for (var y = 0.18f; y < height - 0.12f; y += 0.24f)
        {
            for (var across = 0.12f; across < width - 0.14f; across += 0.22f)
            {
                if (ValueNoise.Hash((int)(across * 50) + (house * 31), (int)(y * 50)) > 0.5f)
                {
                    canvas.DrawRect(x + across, -y - 0.1f, 0.09f, 0.12f, paint);
                }
            }
        }
    }

    /// <summary>Bollards on the quay's edge and white figures on its kerb, and figures beside the stars: each tenth degree.</summary>
    private static void PaintScale(SKCanvas canvas)
    {
        using var iron = new SKPaint { Color = new SKColor(0xFF23262B), IsAntialias = true };
        using var sheen = new SKPaint { Color = new SKColor(0xFF6B625E), IsAntialias = true };
        using var chalk = new SKPaint
        {
            Color = new SKColor(0xD0F4ECDC),
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = 0.09f,
            StrokeCap = SKStrokeCap.Round,
        };
        using var faint = new SKPaint
        {
            Color = new SKColor(0x90F0F0FF),
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = 0.05f,
            StrokeCap = SKStrokeCap.Round,
        };
        var edge = (float)-Backdrop.QuayEdge;
        for (var x = -170; x <= 180; x += 10)
        {
            canvas.DrawRoundRect(x - 0.2f, edge - 0.62f, 0.4f, 0.85f, 0.1f, 0.1f, iron);
            canvas.DrawOval(x, edge - 0.66f, 0.33f, 0.15f, iron);
            canvas.DrawOval(x - 0.06f, edge - 0.70f, 0.18f, 0.05f, sheen);
            StrokeText.Draw(canvas, x.ToString(CultureInfo.InvariantCulture) + "°", x, edge + 0.62f, 0.46f, chalk);
            canvas.DrawLine(x + 5, edge + 0.45f, x + 5, edge + 0.8f, chalk);
            for (var elevation = 10; elevation < 30 && x % 20 == 0; elevation += 10)
            {
                StrokeText.Draw(canvas, elevation.ToString(CultureInfo.InvariantCulture) + "°", x + 0.85f, -elevation, 0.32f, faint);
            }
        }
    }
}

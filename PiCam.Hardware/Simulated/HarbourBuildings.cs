using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>The single buildings of the harbour, in degrees.</summary>
internal static class HarbourBuildings
{
    public static void PaintLighthouse(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0xFF3A3A44) };
        Fill(canvas, paint, (-25.6f, 0.35f), (-24.9f, -0.5f), (-23.6f, -0.8f), (-22.0f, -0.45f), (-21.1f, 0.35f));
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(-23.9f, 0), new SKPoint(-22.6f, 0), [new SKColor(0xFF9C97A4), new SKColor(0xFFFFE9D2)], SKShaderTileMode.Clamp);
        paint.Shader = shader;
        Fill(canvas, paint, (-23.9f, -0.6f), (-23.62f, -5.1f), (-22.88f, -5.1f), (-22.6f, -0.6f));
        paint.Shader = null;
        paint.Color = new SKColor(0xFFB4423A);
        Fill(canvas, paint, (-23.83f, -1.7f), (-23.77f, -2.7f), (-22.73f, -2.7f), (-22.67f, -1.7f));
        Fill(canvas, paint, (-23.71f, -3.6f), (-23.65f, -4.5f), (-22.85f, -4.5f), (-22.79f, -3.6f));
        paint.Color = new SKColor(0xFF2C2C34);
        canvas.DrawRect(-23.8f, -5.25f, 1.1f, 0.16f, paint);
        Fill(canvas, paint, (-23.65f, -5.95f), (-23.25f, -6.5f), (-22.85f, -5.95f));
        paint.Color = new SKColor(0xFFFFF2B8);
        canvas.DrawRect(-23.5f, -5.95f, 0.5f, 0.7f, paint);
        Glow(canvas, -23.25f, -5.6f, 1.5f, new SKColor(0x90FFE9A0));
    }

    public static void PaintPeninsula(SKCanvas canvas)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, -2), new SKPoint(0, 3), [new SKColor(0xFF57603F), new SKColor(0xFF2E3430)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { IsAntialias = true, Shader = shader };
        Fill(
            canvas, paint, (2.6f, 3.0f), (3.4f, 2.0f), (5, 1.5f), (9.5f, 1.1f), (12, 0.5f), (15, -0.1f), (20, -0.7f), (27, -1.3f), (36, -1.0f),
            (48, -0.4f), (58, 0.5f), (66, 2.0f), (60, 2.8f), (40, 3.2f), (20, 3.35f), (8, 3.25f));
        paint.Shader = null;
        for (var i = 0; i < 26; i++)
        {
            var x = i < 4 ? 10.2f + (i * 0.75f) : 20.6f + (i * 1.45f);
            var size = 0.55f + (0.75f * ValueNoise.Hash(i, 5));
            var foot = x < 20 ? 0.6f - ((x - 10) * 0.15f) : -1.0f + (Math.Max(0, x - 40) * 0.07f);
            PaintTree(canvas, paint, x, foot, size, i);
        }
    }

    public static void PaintHouse(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true };
        using (var shader = SKShader.CreateLinearGradient(
            new SKPoint(14, 0), new SKPoint(20, 0), [new SKColor(0xFFE9C9A2), new SKColor(0xFFB39A8C)], SKShaderTileMode.Clamp))
        {
            paint.Shader = shader;
            canvas.DrawRect(14.2f, -3.1f, 5.6f, 3.6f, paint);
            Fill(canvas, paint, (14.2f, -3.1f), (15.6f, -5.1f), (17.0f, -3.1f));
            paint.Shader = null;
        }

        paint.Color = new SKColor(0xFF6E3B36);
        canvas.DrawRect(18.2f, -5.5f, 0.6f, 1.4f, paint);
        paint.Color = new SKColor(0xFF8A4A3F);
        Fill(canvas, paint, (15.6f, -5.2f), (18.9f, -5.0f), (20.2f, -3.0f), (16.95f, -3.0f));
        paint.Color = new SKColor(0xFF5A302D);
        Fill(canvas, paint, (15.6f, -5.35f), (13.8f, -2.9f), (14.15f, -2.75f), (15.6f, -4.9f), (17.05f, -2.75f), (17.3f, -2.95f));
        for (var i = 0; i < 5; i++)
        {
            var (x, y) = i < 2 ? (14.75f + (i * 1.1f), -2.45f) : i == 2 ? (15.25f, -3.85f) : (17.5f + ((i - 3) * 1.1f), -2.45f);
            paint.Color = new SKColor(0xFFF7EBDD);
            canvas.DrawRect(x - 0.08f, y - 0.08f, 0.76f, 0.96f, paint);
            paint.Color = i == 4 ? new SKColor(0xFF4A5468) : new SKColor(0xFFFFD27A);
            canvas.DrawRect(x, y, 0.6f, 0.8f, paint);
            paint.Color = new SKColor(0xFFF7EBDD);
            canvas.DrawRect(x + 0.27f, y, 0.06f, 0.8f, paint);
            canvas.DrawRect(x, y + 0.36f, 0.6f, 0.06f, paint);
        }

        paint.Color = new SKColor(0xFF3E5A5E);
        canvas.DrawRect(15.35f, -1.15f, 0.75f, 1.6f, paint);
        paint.Color = new SKColor(0xFFE8C060);
        canvas.DrawCircle(15.95f, -0.35f, 0.06f, paint);
    }

    public static void PaintLamp(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0xFF202329) };
        canvas.DrawRect(-22.12f, 1.6f, 0.24f, 11.4f, paint);
        canvas.DrawRoundRect(-22.45f, 12.0f, 0.9f, 1.1f, 0.2f, 0.2f, paint);
        canvas.DrawRoundRect(-22.2f, 4.5f, 0.4f, 0.25f, 0.1f, 0.1f, paint);
        Fill(canvas, paint, (-22.75f, 0.25f), (-22f, -0.45f), (-21.25f, 0.25f));
        Fill(canvas, paint, (-22.35f, 1.7f), (-21.65f, 1.7f), (-21.8f, 2.0f), (-22.2f, 2.0f));
        paint.Color = new SKColor(0xFFFFEFC0);
        Fill(canvas, paint, (-22.6f, 0.25f), (-21.4f, 0.25f), (-21.65f, 1.7f), (-22.35f, 1.7f));
        Glow(canvas, -22f, 0.95f, 3.2f, new SKColor(0xA0FFD68A));
    }

    private static void PaintTree(SKCanvas canvas, SKPaint paint, float x, float foot, float size, int seed)
    {
        paint.Color = new SKColor(0xFF3B2F2A);
        canvas.DrawRect(x - 0.06f, foot - (size * 0.7f), 0.12f, size * 0.8f, paint);
        for (var i = 0; i < 7; i++)
        {
            var (across, up) = (ValueNoise.Hash(seed, i) - 0.5f, ValueNoise.Hash(i, seed + 40));
            var light = 0.75f + (0.5f * up) - (0.35f * across);
            paint.Color = new SKColor((byte)(54 * light), (byte)(62 * light), (byte)(44 * light));
            canvas.DrawCircle(x + (across * size), foot - (size * (0.75f + (0.9f * up))), size * 0.42f, paint);
        }
    }

    private static void Glow(SKCanvas canvas, float x, float y, float radius, SKColor colour)
    {
        using var shader = SKShader.CreateRadialGradient(
            new SKPoint(x, y), radius, [colour, colour.WithAlpha((byte)(colour.Alpha / 4)), colour.WithAlpha(0)], [0, 0.35f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, paint);
    }

    private static void Fill(SKCanvas canvas, SKPaint paint, params ReadOnlySpan<(float X, float Y)> corners)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0].X, corners[0].Y);
        foreach (var (x, y) in corners[1..])
        {
            builder.LineTo(x, y);
        }

        builder.Close();
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }
}

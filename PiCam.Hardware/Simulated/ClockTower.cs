using System.Globalization;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>The clock tower: its still parts, the wall clock on its board, and the pendulum in its window. Degrees.</summary>
internal static class ClockTower
{
    /// <summary>What the clock's board covers.</summary>
    public static readonly SKRect Board = new(3.2f, -7.7f, 10.8f, -5.5f);

    /// <summary>What the pendulum's window covers.</summary>
    public static readonly SKRect Window = new(5.3f, -5.0f, 8.7f, -0.2f);

    private const float PendulumX = 7;
    private const float PendulumY = -4.75f;
    private const float PendulumLength = 3.75f;
    private const double SwingRadians = 0.36;
    private const double PeriodSeconds = 2;

    public static void Paint(SKCanvas canvas)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(4.8f, 0), new SKPoint(9.2f, 0), [new SKColor(0xFFDDB48C), new SKColor(0xFF8E7A78)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { IsAntialias = true, Shader = shader };
        canvas.DrawRect(4.8f, -8.3f, 4.4f, 10.6f, paint);
        canvas.DrawRect(4.4f, 1.6f, 5.2f, 0.9f, paint);
        paint.Shader = null;
        paint.Color = new SKColor(0x30503028);
        for (var y = -5.2f; y < 1.6f; y += 0.6f)
        {
            canvas.DrawRect(4.8f, y, 4.4f, 0.05f, paint);
        }

        paint.Color = new SKColor(0xFF4E5A66);
        using (var roof = new SKPathBuilder())
        {
            roof.MoveTo(4.3f, -8.3f);
            roof.LineTo(7, -11.6f);
            roof.LineTo(9.7f, -8.3f);
            roof.Close();
            using var shape = roof.Detach();
            canvas.DrawPath(shape, paint);
        }

        paint.Color = new SKColor(0xFFE3C26A);
        canvas.DrawRect(6.95f, -12.5f, 0.1f, 1.0f, paint);
        canvas.DrawCircle(7, -12.5f, 0.17f, paint);
        paint.Color = new SKColor(0xFF6A4B3C);
        canvas.DrawRoundRect(Board, 0.25f, 0.25f, paint);
        paint.Color = new SKColor(0xFF14161B);
        canvas.DrawRoundRect(SKRect.Inflate(Board, -0.2f, -0.2f), 0.15f, 0.15f, paint);
        paint.Color = new SKColor(0xFFEAD9C0);
        canvas.DrawRoundRect(SKRect.Inflate(Window, 0.14f, 0.14f), 1.2f, 1.2f, paint);
        paint.Color = new SKColor(0xFF2A2430);
        canvas.DrawRoundRect(Window, 1.1f, 1.1f, paint);
    }

    /// <summary>The figures on the board.</summary>
    public static void PaintTime(SKCanvas canvas, DateTimeOffset time)
    {
        using var paint = new SKPaint
        {
            Color = new SKColor(0xFFFFE2A0),
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = 0.17f,
            StrokeCap = SKStrokeCap.Round,
        };
        StrokeText.Draw(canvas, time.ToString("HH':'mm':'ss", CultureInfo.InvariantCulture), Board.MidX, Board.MidY, 1.15f, paint);
    }

    /// <summary>The pendulum as it hangs at a moment.</summary>
    public static void PaintPendulum(SKCanvas canvas, double seconds)
    {
        var angle = SwingRadians * Math.Sin(seconds / PeriodSeconds * 2 * Math.PI);
        var (sin, cos) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
        var (x, y) = (PendulumX + (PendulumLength * sin), PendulumY + (PendulumLength * cos));
        using var paint = new SKPaint { Color = new SKColor(0xFFC9A96A), IsAntialias = true, StrokeWidth = 0.11f };
        canvas.DrawLine(PendulumX, PendulumY, x, y, paint);
        paint.Color = new SKColor(0xFFE9C46A);
        canvas.DrawCircle(x, y, 0.48f, paint);
        paint.Color = new SKColor(0xFFFFF1C0);
        canvas.DrawCircle(x - 0.13f, y - 0.14f, 0.16f, paint);
    }
}

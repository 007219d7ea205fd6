using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>Digits and signs drawn as strokes, like a seven-segment display: the graphics library ships without fonts.</summary>
internal static class StrokeText
{
    /// <summary>Width of a digit where its height is 1.</summary>
    private const float DigitWidth = 0.52f;
    private const float Gap = 0.28f;

    // Which strokes make a digit; bit 0 is the top one, then clockwise, bit 6 the middle.
    private static readonly byte[] Digits = [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F];

    private static readonly (float X1, float Y1, float X2, float Y2)[] Strokes =
    [
        (0, 0, 1, 0), (1, 0, 1, 0.5f), (1, 0.5f, 1, 1), (0, 1, 1, 1), (0, 0.5f, 0, 1), (0, 0, 0, 0.5f), (0, 0.5f, 1, 0.5f),
    ];

    /// <summary>Draws digits, '-', ':' and '°', centred.</summary>
    public static void Draw(SKCanvas canvas, string text, float centreX, float centreY, float height, SKPaint paint)
    {
        var x = centreX - (height * (text.Sum(Advance) - Gap) / 2);
        var top = centreY - (height / 2);
        foreach (var character in text)
        {
            DrawCharacter(canvas, character, x, top, height, paint);
            x += height * Advance(character);
        }
    }

    private static float Advance(char character) => Gap + character switch
    {
        ':' => 0.08f,
        '°' => 0.22f,
        '-' => 0.34f,
        _ => DigitWidth,
    };

    private static void DrawCharacter(SKCanvas canvas, char character, float x, float top, float height, SKPaint paint)
    {
        switch (character)
        {
            case ':':
                canvas.DrawCircle(x + (0.04f * height), top + (0.3f * height), paint.StrokeWidth * 0.2f, paint);
                canvas.DrawCircle(x + (0.04f * height), top + (0.7f * height), paint.StrokeWidth * 0.2f, paint);
                break;
            case '°':
                canvas.DrawCircle(x + (0.11f * height), top + (0.1f * height), 0.13f * height, paint);
                break;
            case '-':
                canvas.DrawLine(x, top + (height / 2), x + (0.34f * height), top + (height / 2), paint);
                break;
            default:
                for (var i = 0; i < Strokes.Length; i++)
                {
                    if ((Digits[character - '0'] & (1 << i)) != 0)
                    {
                        var (x1, y1, x2, y2) = Strokes[i];
                        canvas.DrawLine(
                            x + (x1 * DigitWidth * height), top + (y1 * height), x + (x2 * DigitWidth * height), top + (y2 * height), paint);
                    }
                }

                break;
        }
    }
}

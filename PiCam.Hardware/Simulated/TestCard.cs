using PiCam.Core.Gimbals;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>A card of 24 patches on an easel, with the familiar colours and six neutral greys in its last row.</summary>
internal static class TestCard
{
    public const int Columns = 6;
    public const int Rows = 4;

    /// <summary>Degrees; the square that one patch and its share of the frame take up.</summary>
    private const float Pitch = 1.22f;
    private const float Left = 11.2f;
    private const float Top = -9.35f;

    // The widely published sRGB values of the 24-patch colour target; the greys made exactly neutral.
    private static readonly uint[] Colours =
    [
        0x735244, 0xC29682, 0x627A9D, 0x576C43, 0x8580B1, 0x67BDAA,
        0xD67E2C, 0x505BA6, 0xC15A63, 0x5E3C6C, 0x9DBC40, 0xE0A32E,
        0x383D96, 0x469449, 0xAF363C, 0xE7C71F, 0xBB5695, 0x0885A1,
        0xF3F3F3, 0xC8C8C8, 0xA0A0A0, 0x7A7A7A, 0x555555, 0x343434,
    ];

    /// <summary>The direction of a patch's centre, in degrees.</summary>
    public static PanTilt Centre(int row, int column) =>
        new(Left + ((column + 0.5) * Pitch), Top - ((row + 0.5) * Pitch));

    /// <summary>The painted colour of a patch.</summary>
    public static SKColor Colour(int row, int column) => new(Colours[(row * Columns) + column] | 0xFF000000);

    public static void Paint(SKCanvas canvas)
    {
        using var wood = new SKPaint { Color = new SKColor(0xFF5A4030), IsAntialias = true, StrokeWidth = 0.28f, StrokeCap = SKStrokeCap.Round };
        var (right, bottom) = (Left + (Columns * Pitch), -Top + (Rows * Pitch));
        canvas.DrawLine(Left + 1.2f, -Top - 0.4f, Left + 0.2f, bottom + 2.4f, wood);
        canvas.DrawLine(right - 1.2f, -Top - 0.4f, right - 0.2f, bottom + 2.4f, wood);
        canvas.DrawLine(Left - 0.1f, bottom + 0.28f, right + 0.1f, bottom + 0.28f, wood);
        using var paint = new SKPaint { Color = new SKColor(0xFF1E1E20), IsAntialias = true };
        canvas.DrawRoundRect(Left - 0.16f, -Top - 0.16f, (Columns * Pitch) + 0.32f, (Rows * Pitch) + 0.32f, 0.15f, 0.15f, paint);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                paint.Color = Colour(row, column);
                canvas.DrawRect(Left + (column * Pitch) + 0.07f, -Top + (row * Pitch) + 0.07f, Pitch - 0.14f, Pitch - 0.14f, paint);
            }
        }
    }
}

using PiCam.Core.Cameras;
using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>Where the parts of a stamp lie in a picture. All of it is within the picture.</summary>
/// <param name="TextSize">Pixels.</param>
/// <param name="Lines">From the top.</param>
/// <param name="Box">Around everything.</param>
/// <param name="Logo">Empty: none.</param>
/// <param name="Text">The lines' own rectangle.</param>
/// <param name="AlignsRight">Whether the lines end together rather than begin together.</param>
internal sealed record StampLayout(float TextSize, IReadOnlyList<StampLine> Lines, SKRect Box, SKRect Logo, SKRect Text, bool AlignsRight)
{
    // As parts of the text's size.
    private const float LineHeight = 1.25f;
    private const float Baseline = 0.96f;
    private const float Padding = 0.35f;
    private const float Margin = 0.5f;

    // A stamp is no curtain: of the picture's height and width at most so much.
    private const float MostHeight = 0.5f;
    private const float MostLogoWidth = 0.3f;

    private const float SmallestText = 5;
    private const float Step = 0.93f;

    /// <summary>Makes the text smaller until it has room; what has none even then is left away behind an ellipsis.</summary>
    /// <param name="picture">The whole picture.</param>
    /// <param name="style">Its height is that of a line of one logo-less stamp.</param>
    /// <param name="text">One or more lines; empty: the logo alone.</param>
    /// <param name="logo">Null: none.</param>
    /// <param name="mostHeight">What <see cref="Outside"/> may take of the picture's height, in pixels; null: half of it.</param>
    public static StampLayout Of(PixelSize picture, StampStyle style, string text, PixelSize? logo, float? mostHeight = null)
    {
        var most = mostHeight ?? (picture.Height * MostHeight);
        var paragraphs = text.Trim() is { Length: > 0 } words
            ? words.ReplaceLineEndings("\n").Split('\n').Select(StampFont.Glyphs).ToList()
            : [];
        var size = (float)Math.Max(SmallestText, picture.Height * style.Height / LineHeight);
        while (true)
        {
            var smaller = Math.Max(SmallestText, size * Step);
            if (Try(picture, style, paragraphs, logo, size, most, last: smaller == size) is { } layout)
            {
                return layout;
            }

            size = smaller;
        }
    }

    /// <summary>The box, and the distance that it keeps from everything.</summary>
    public SKRect Outside => SKRect.Inflate(Box, Margin * TextSize, Margin * TextSize);

    /// <summary>Where a line's first glyph stands.</summary>
    public SKPoint Origin(int line) => new(
        AlignsRight ? Text.Right - (Lines[line].Width * TextSize) : Text.Left,
        Text.Top + (((line * LineHeight) + Baseline) * TextSize));

    private static StampLayout? Try(
        PixelSize picture, StampStyle style, List<IReadOnlyList<StampGlyph>> paragraphs, PixelSize? logo, float size, float most, bool last)
    {
        var around = 2 * (Margin + Padding) * size;
        var (mostWidth, mostHeight) = (picture.Width - around, most - around);
        var mostLines = Math.Max(1, (int)(mostHeight / (LineHeight * size)));

        // The logo is as high as the text beside it, which needs its width; two lines are what most stamps have at most.
        var logoHeight = LineHeight * size * (paragraphs.Count == 0 ? 2 : Math.Clamp(paragraphs.Count, 1, 3));
        var logoWidth = logo is { } l ? Math.Min(logoHeight * l.Width / l.Height, MostLogoWidth * mostWidth) : 0;
        logoHeight = logo is { } shape ? logoWidth * shape.Height / shape.Width : 0;
        var gap = logoWidth > 0 && paragraphs.Count > 0 ? Padding * size : 0;

        var room = (mostWidth - logoWidth - gap) / size;
        var lines = paragraphs.SelectMany(p => p.Count == 0 ? [new StampLine(p)] : StampLine.Break(p, room)).ToList();
        if (lines.Count > mostLines)
        {
            if (!last)
            {
                return null;
            }

            lines = [.. lines.Take(mostLines - 1), lines[mostLines - 1].Ellipsis(room)];
        }

        var textWidth = lines.Count == 0 ? 0 : lines.Max(line => line.Width) * size;
        var textHeight = lines.Count * LineHeight * size;
        var (width, height) = (logoWidth + gap + textWidth + (2 * Padding * size), Math.Max(logoHeight, textHeight) + (2 * Padding * size));

        var right = style.Corner is StampCorner.BottomRight or StampCorner.TopRight;
        var box = SKRect.Create(
            right ? picture.Width - (Margin * size) - width : Margin * size,
            style.IsAtBottom ? picture.Height - (Margin * size) - height : Margin * size,
            width,
            height);
        var logoBox = SKRect.Create(
            right ? box.Right - (Padding * size) - logoWidth : box.Left + (Padding * size), box.MidY - (logoHeight / 2), logoWidth, logoHeight);
        var textBox = SKRect.Create(
            right ? logoBox.Left - gap - textWidth : logoBox.Right + gap, box.MidY - (textHeight / 2), textWidth, textHeight);
        return new(size, lines, box, logoBox, textBox, right);
    }
}

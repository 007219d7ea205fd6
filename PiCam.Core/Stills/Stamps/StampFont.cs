using System.Text;
using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>
/// The fonts that PiCam ships, since SkiaSharp without fontconfig finds none: Roboto for Latin, Greek and Cyrillic, Droid Sans
/// Fallback for Chinese and Japanese. Text runs from left to right, without ligatures and joining.
/// </summary>
public static class StampFont
{
    // The first that has a character draws it. At size 1 widths are parts of the text's size.
    private static readonly Lazy<(SKTypeface Face, SKFont Unit)[]> Fonts = new(() => [Load("Roboto-Regular.ttf"), Load("DroidSansFallbackFull.ttf")]);

    /// <summary>The characters that no font has, such as emoji, each once; drawn as a replacement.</summary>
    public static IReadOnlyList<string> Missing(string text) =>
        [.. Shown(text).Where(rune => Find(rune) is null).Distinct().Select(rune => rune.ToString())];

    /// <summary>One line as it is drawn; what is missing is Unicode's replacement character.</summary>
    internal static IReadOnlyList<StampGlyph> Glyphs(string line) =>
        [.. Shown(line).Select(rune => Find(rune) ?? Find(Rune.ReplacementChar)!.Value with { Character = rune })];

    /// <summary>Widths grow with the size exactly, so that what fits at one size is known for all.</summary>
    internal static SKFont Sized(SKTypeface face, float size) =>
        new(face, size) { LinearMetrics = true, Subpixel = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };

    private static IEnumerable<Rune> Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Halves of pairs cannot be normalised; enumerated runes have none. Composed letters need no placing of accents.
        var whole = string.Concat(text.EnumerateRunes());
        return whole.Normalize(NormalizationForm.FormC).EnumerateRunes().Where(rune => !Rune.IsControl(rune) && !IsVariationSelector(rune));
    }

    private static bool IsVariationSelector(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;

    private static StampGlyph? Find(Rune rune)
    {
        foreach (var (face, unit) in Fonts.Value)
        {
            if (unit.GetGlyph(rune.Value) is var id and not 0)
            {
                return new(rune, face, id, unit.GetGlyphWidths([id])[0]);
            }
        }

        return null;
    }

    private static (SKTypeface Face, SKFont Unit) Load(string name)
    {
        using var stream = typeof(StampFont).Assembly.GetManifestResourceStream("PiCam.Core.Stills.Fonts." + name)
            ?? throw new InvalidOperationException($"{name} is not in the program.");
        var face = SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"{name} is no font.");
        return (face, Sized(face, 1));
    }
}

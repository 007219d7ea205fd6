namespace PiCam.Core.Stills.Stamps;

/// <summary>A line of a stamp.</summary>
internal sealed record StampLine(IReadOnlyList<StampGlyph> Glyphs)
{
    // A line must not begin with what belongs to the character before it.
    private const string Clinging = "，。、；：！？）》〉】」』”’…％°,.;:!?)";

    /// <summary>As a part of the text's size.</summary>
    public float Width { get; } = Glyphs.Sum(g => g.Advance);

    /// <summary>Breaks a paragraph into lines, between words or Chinese characters where it can.</summary>
    /// <param name="glyphs">The paragraph.</param>
    /// <param name="width">What there is room for, as a part of the text's size.</param>
    public static IEnumerable<StampLine> Break(IReadOnlyList<StampGlyph> glyphs, float width)
    {
        var start = 0;
        while (start < glyphs.Count)
        {
            var (end, used) = (start, 0f);
            while (end < glyphs.Count && (end == start || used + glyphs[end].Advance <= width))
            {
                used += glyphs[end++].Advance;
            }

            if (end < glyphs.Count)
            {
                var gap = end;
                while (gap > start && !CanBreak(glyphs[gap - 1], glyphs[gap]))
                {
                    gap--;
                }

                end = gap > start ? gap : end;
            }

            yield return new([.. Trimmed(glyphs.Skip(start).Take(end - start).ToList())]);
            start = end;
            while (start < glyphs.Count && IsBlank(glyphs[start]))
            {
                start++;
            }
        }
    }

    /// <summary>As much of the line as has room, and an ellipsis.</summary>
    public StampLine Ellipsis(float width)
    {
        var end = StampFont.Glyphs("…");
        var room = width - end[0].Advance;
        return new([.. Glyphs.TakeWhile(g => (room -= g.Advance) >= 0), .. end]);
    }

    private static bool CanBreak(StampGlyph before, StampGlyph after) =>
        IsBlank(before) || IsBlank(after)
        || ((IsWide(before) || IsWide(after)) && !Clinging.Contains(after.Character.ToString(), StringComparison.Ordinal));

    private static bool IsBlank(StampGlyph glyph) => glyph.Character.Value is ' ' or 0x3000;

    // From the CJK radicals on.
    private static bool IsWide(StampGlyph glyph) => glyph.Character.Value >= 0x2E80;

    private static IEnumerable<StampGlyph> Trimmed(List<StampGlyph> glyphs) => glyphs.Take(glyphs.FindLastIndex(g => !IsBlank(g)) + 1);
}

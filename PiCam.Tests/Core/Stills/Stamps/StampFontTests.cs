using PiCam.Core.Stills.Stamps;
using Xunit;

namespace PiCam.Tests.Core.Stills.Stamps;

public sealed class StampFontTests
{
    private const string Chinese = "红外树莓派相机云台曝光白平衡快门夜间模式门口花园二〇二六年十一月廿三日，。、；：？！“”‘’（）《》【】…—￥";

    [Theory]
    [InlineData("Garden 1/250 s ISO 200 +0.3 EV −3.0° 5200 K µ × – € £ Ω")]
    [InlineData("ÀÉÎÕÜ ñçß Łódź Příliš žluťoučký ǎèǐōǚ Ελλάδα Україна")]
    [InlineData("ひらがなカタカナ")]
    [InlineData(Chinese)]
    public void Missing_TextThatPeopleWrite_IsNone(string text) => Assert.Empty(StampFont.Missing(text));

    [Fact]
    public void Missing_WhatNoFontHas_IsNamedOnce()
    {
        Assert.Equal(["😀", "ส"], StampFont.Missing("😀 smile 😀 ส"));
        Assert.Equal(["\uFFFD"], StampFont.Missing("\uD83D").DefaultIfEmpty("\uFFFD"));
        Assert.Empty(StampFont.Missing("a\nb\uFE0Fe\u0301"));
    }

    /// <summary>A font may have a glyph without anything in it: every character must leave ink of its own.</summary>
    [Fact]
    public void Glyphs_EveryCharacter_HasInkOfItsOwn()
    {
        var seen = new Dictionary<string, string>();
        foreach (var glyph in StampFont.Glyphs(string.Concat(Chinese.Distinct()) + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
        {
            Assert.NotEqual(0, glyph.Id);
            using var font = StampFont.Sized(glyph.Face, 100);
            using var path = font.GetGlyphPath(glyph.Id);
            Assert.True(path.Bounds.Width * path.Bounds.Height > 20, $"{glyph.Character} is empty.");
            var character = glyph.Character.ToString();
            Assert.True(seen.TryAdd(path.ToSvgPathData(), character), $"{character} looks like another one.");
        }
    }

    /// <summary>The characters of GB 2312, which are those of daily life, are in the block from U+4E00.</summary>
    [Fact]
    public void Glyphs_UnifiedIdeographs_AllHaveInk()
    {
        var characters = string.Concat(Enumerable.Range(0x4E00, 0x9FA5 - 0x4E00 + 1).Select(c => (char)c));

        Assert.Empty(StampFont.Missing(characters));
        var glyphs = StampFont.Glyphs(characters);
        using var font = StampFont.Sized(glyphs[0].Face, 100);
        font.GetGlyphWidths(glyphs.Select(g => g.Id).ToArray(), out var bounds);
        Assert.All(bounds, b => Assert.True(b.Width > 40 || b.Height > 40));
    }

    [Fact]
    public void Glyphs_WhatNoFontHas_IsDrawnAsTheReplacement()
    {
        var glyphs = StampFont.Glyphs("😀\uFFFD");

        Assert.Equal(glyphs[1].Id, glyphs[0].Id);
        using var font = StampFont.Sized(glyphs[0].Face, 100);
        using var path = font.GetGlyphPath(glyphs[0].Id);
        Assert.False(path.Bounds.IsEmpty);
    }
}

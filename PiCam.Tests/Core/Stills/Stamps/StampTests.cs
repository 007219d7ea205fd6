using CsCheck;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills.Stamps;

public sealed class StampTests
{
    private const string Text = "花园 Garden 2026-11-23 18:05:09 1/250 s ISO 200";

    public static TheoryData<int, int, string> Cases => new MatrixTheoryData<(int, int), string>(
        [(320, 240), (2592, 1944), (640, 64), (64, 640)],
        [Text, "a", "one\ntwo\n\nfour", string.Concat(Enumerable.Repeat("很长的文字 and long words ", 30)), new string('W', 500), new string('\n', 100) + "end"])
        .Aggregate(new TheoryData<int, int, string>(), (all, row) =>
        {
            all.Add(row.Data.Item1.Item1, row.Data.Item1.Item2, row.Data.Item2);
            return all;
        });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layout_AnyText_LiesWithinThePicture(int width, int height, string text)
    {
        foreach (var corner in Enum.GetValues<StampCorner>())
        {
            foreach (var logo in new PixelSize?[] { null, new(10, 10), new(1000, 10), new(10, 1000) })
            {
                var layout = StampLayout.Of(new(width, height), new StampStyle { Corner = corner }, text, logo);
                var picture = SKRect.Create(width, height);

                Assert.True(picture.Contains(layout.Box), $"{corner}: {layout.Box}");
                Assert.True(Grown(layout.Box).Contains(layout.Text), $"{corner}: {layout.Text} outside {layout.Box}");
                Assert.True(layout.Logo.IsEmpty || Grown(layout.Box).Contains(layout.Logo), $"{corner}: {layout.Logo} outside {layout.Box}");
                Assert.All(layout.Lines, line => Assert.True(line.Width * layout.TextSize <= layout.Text.Width + 0.01f));
                Assert.InRange(layout.Box.Height, 0, Math.Max(height * 0.5f, 20));
            }
        }
    }

    [Theory]
    [InlineData(StampCorner.TopLeft, 0, 0)]
    [InlineData(StampCorner.TopRight, 1, 0)]
    [InlineData(StampCorner.BottomLeft, 0, 1)]
    [InlineData(StampCorner.BottomRight, 1, 1)]
    public void Draw_Corner_ChangesThatQuarterOnly(StampCorner corner, int right, int bottom)
    {
        var plain = TestPictures.Jpeg(320, 240, SKColors.Teal);

        var ink = Changed(plain, Drawn(plain, new StampStyle { Corner = corner }, "花园"));

        Assert.InRange(ink.MidX, right * 160, (right * 160) + 160);
        Assert.InRange(ink.MidY, bottom * 120, (bottom * 120) + 120);
        Assert.InRange(ink.Width, 8, 80);
        Assert.InRange(ink.Height, 6, 24);
    }

    [Fact]
    public void Draw_Text_IsWhiteOnDarkAndNamesDiffer()
    {
        var grey = TestPictures.Jpeg(640, 480, SKColors.Gray);

        var (one, other) = (Drawn(grey, new StampStyle { Height = 0.1 }, "花园"), Drawn(grey, new StampStyle { Height = 0.1 }, "门口"));

        Assert.NotEqual(one, other);
        using var picture = TestPictures.Decode(one);
        var red = picture.Pixels.Select(p => p.Red).ToList();
        Assert.Contains(red, r => r > 240);
        Assert.Contains(red, r => r < 80);
    }

    [Fact]
    public void Draw_WithoutBox_IsReadableOnWhiteByItsEdges()
    {
        var white = TestPictures.Jpeg(640, 480, SKColors.White);

        using var picture = TestPictures.Decode(Drawn(white, new StampStyle { Height = 0.1, HasBox = false }, "花园 Garden"));

        Assert.InRange(picture.Pixels.Count(p => p.Red < 120), 500, 20_000);
    }

    [Fact]
    public void Draw_LessOpaque_ChangesLess()
    {
        var grey = TestPictures.Jpeg(320, 240, SKColors.Gray);

        Assert.InRange(
            Difference(grey, Drawn(grey, new StampStyle { Opacity = 0.3 }, Text)) / Difference(grey, Drawn(grey, new StampStyle(), Text)), 0.15, 0.45);
    }

    [Fact]
    public void Draw_SameTwice_IsTheSameFile()
    {
        var jpeg = TestPictures.Gradient(320, 240);

        Assert.Equal(Drawn(jpeg, new StampStyle(), Text), Drawn(jpeg, new StampStyle(), Text));
    }

    [Fact]
    public void Draw_Logo_IsInThePicture()
    {
        var grey = TestPictures.Jpeg(640, 480, SKColors.Gray);

        using var picture = TestPictures.Decode(Stamp.Draw(grey, new StampStyle { Height = 0.1 }, "", TestPictures.Logo(200, 100), 90)!);

        // Two lines high, twice as wide: π/4 of it.
        Assert.InRange(picture.Pixels.Count(p => p.Red > 180 && p.Green < 80), 0.7 * 96 * 192 * Math.PI / 4, 1.1 * 96 * 192 * Math.PI / 4);
    }

    [Fact]
    public void Draw_PictureThatThePageTurns_ComesOutUprightWithUprightText()
    {
        var quarter = new Orientation(false, false, Rotation.Rotate90, false, false);
        var plain = TestPictures.Jpeg(320, 240, SKColors.Teal);

        var upright = Stamp.Draw(plain, new StampStyle { Corner = StampCorner.TopLeft }, Text, null, 90, quarter)!;

        var ink = Changed(TestPictures.Jpeg(240, 320, SKColors.Teal), upright);
        Assert.InRange(ink.Width, 2 * ink.Height, 240);
        Assert.InRange(ink.Bottom, 0, 160);
    }

    [Fact]
    public void Draw_NothingToDraw_LeavesThePicture()
    {
        var plain = TestPictures.Jpeg(320, 240, SKColors.Teal);

        Assert.True(Changed(plain, Drawn(plain, new StampStyle(), " \n ")).IsEmpty);
    }

    [Fact]
    public void Draw_NoPicture_IsNull() => Assert.Null(Stamp.Draw([1, 2, 3], new StampStyle(), Text, null, 90));

    [Fact]
    public void Draw_WhatCannotBeUsed_IsNamed()
    {
        var jpeg = TestPictures.Jpeg(64, 48, SKColors.Gray);

        Assert.Equal("quality", Field(() => Stamp.Draw(jpeg, new StampStyle(), Text, null, 0)));
        Assert.Equal("height", Field(() => Stamp.Draw(jpeg, new StampStyle { Height = double.NaN }, Text, null, 90)));
        Assert.Equal("opacity", Field(() => Stamp.Mask(new(64, 48), new StampStyle { Opacity = 0 }, Text)));
        Assert.Equal("corner", Field(() => Stamp.Mask(new(64, 48), new StampStyle { Corner = (StampCorner)9 }, Text)));
        Assert.Equal("logo", Field(() => Stamp.Draw(jpeg, new StampStyle(), Text, jpeg, 90)));
        Assert.NotNull(StampLogo.Check(TestPictures.Logo(50, 50)[..100]));
        Assert.NotNull(StampLogo.Check(new byte[StampLogo.MostBytes + 1]));
        Assert.NotNull(StampLogo.Check(TestPictures.Logo(2100, 2100)));
        Assert.Null(StampLogo.Check(TestPictures.Logo(50, 50)));
    }

    [Fact]
    public void Mask_Text_IsWhatDrawDraws()
    {
        var black = TestPictures.Jpeg(640, 480, SKColors.Black);
        var style = new StampStyle { Height = 0.08, Corner = StampCorner.TopRight };

        var mask = Stamp.Mask(new(640, 480), style, "花园\nGarden")!;

        Assert.Equal(mask.Width * mask.Height, mask.Mask.Length);
        using var picture = TestPictures.Decode(Drawn(black, style, "花园\nGarden"));
        var differing = Enumerable.Range(0, mask.Mask.Length).Count(i =>
            Math.Abs(picture.GetPixel(mask.X + (i % mask.Width), mask.Y + (i / mask.Width)).Green - mask.Mask[i]) > 40);
        Assert.Contains((byte)255, mask.Mask);
        Assert.InRange(differing, 0, mask.Mask.Length / 50);
    }

    [Fact]
    public void Mask_AnyText_LiesWithinThePicture() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], Gen.String[Gen.OneOf(Gen.Char["花园Garden \n,。"], Gen.Char), 0, 100], Gen.Double[0.01, 0.2], Gen.Int[0, 3]).Sample(
            (width, height, text, size, corner) =>
            {
                if (Stamp.Mask(new(width, height), new StampStyle { Height = size, Corner = (StampCorner)corner }, text) is { } mask)
                {
                    Assert.InRange(mask.X, 0, width - mask.Width);
                    Assert.InRange(mask.Y, 0, height - mask.Height);
                    Assert.Equal(mask.Width * mask.Height, mask.Mask.Length);
                }
            },
            iter: LongRun.Count(200) * 10);

    [Fact]
    public void Mask_HugeText_FitsALineOfTheHelpersProtocol()
    {
        var mask = Stamp.Mask(new(1920, 1080), new StampStyle { Height = 0.1 }, string.Concat(Enumerable.Repeat("很长的文字 long ", 50)))!;

        Assert.InRange(Convert.ToBase64String(mask.Mask).Length, 500_000, (1024 * 1024) - 1024);
    }

    [Fact]
    public void Mask_NoText_IsNull() => Assert.Null(Stamp.Mask(new(640, 480), new StampStyle(), " "));

    private static byte[] Drawn(byte[] jpeg, StampStyle style, string text) => Stamp.Draw(jpeg, style, text, null, 90)!;

    private static string Field(Func<object?> action) => Assert.Single(Assert.Throws<InvalidValueException>(action).Errors).Field;

    private static SKRect Grown(SKRect rect) => SKRect.Inflate(rect, 0.01f, 0.01f);

    private static double Difference(byte[] before, byte[] after)
    {
        using var one = TestPictures.Decode(before);
        using var other = TestPictures.Decode(after);
        return one.Pixels.Zip(other.Pixels, (a, b) => (double)Math.Abs(a.Green - b.Green)).Sum();
    }

    /// <summary>Where two pictures differ by more than their encoding.</summary>
    private static SKRectI Changed(byte[] before, byte[] after)
    {
        using var one = TestPictures.Decode(before);
        using var other = TestPictures.Decode(after);
        Assert.Equal(one.Info.Size, other.Info.Size);
        var changed = SKRectI.Empty;
        var (a, b) = (one.Pixels, other.Pixels);
        for (var i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a[i].Green - b[i].Green) > 24)
            {
                var pixel = SKRectI.Create(i % one.Width, i / one.Width, 1, 1);
                changed = changed.IsEmpty ? pixel : SKRectI.Union(changed, pixel);
            }
        }

        return changed;
    }
}

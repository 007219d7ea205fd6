using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.Stills.Templates;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills.Stamps;

public sealed class FilmStampTests
{
    private static readonly PixelSize Size = new(640, 360);

    public static TheoryData<StampCorner, bool, bool> Looks => new MatrixTheoryData<StampCorner, bool, bool>(Enum.GetValues<StampCorner>(), [true, false], [true, false])
        .Aggregate(new TheoryData<StampCorner, bool, bool>(), (all, row) =>
        {
            all.Add(row.Data.Item1, row.Data.Item2, row.Data.Item3);
            return all;
        });

    // A film's stamp is the stamp of a photo.
    [Theory]
    [MemberData(nameof(Looks))]
    public void Draw_LaidOverAPicture_IsTheStampOfAPhoto(StampCorner corner, bool hasBox, bool hasLogo)
    {
        var (style, logo) = (new StampStyle { Corner = corner, HasBox = hasBox, Opacity = 0.8 }, hasLogo ? TestPictures.Logo(40, 20) : null);
        using var stamp = Stamp(style, "花园 Garden", logo);

        using var photo = SKBitmap.Decode(PiCam.Core.Stills.Stamps.Stamp.Draw(TestPictures.Jpeg(Size.Width, Size.Height, SKColors.Teal), style, "花园 Garden", logo, 100));
        using var film = SKBitmap.Decode(TestPictures.Jpeg(Size.Width, Size.Height, SKColors.Teal));
        using (var canvas = new SKCanvas(film))
        using (var strip = SKBitmap.Decode(stamp.Draw(Frame)))
        {
            Assert.Equal((stamp.Size.Width, stamp.Size.Height), (strip.Width, strip.Height));
            using var image = SKImage.FromBitmap(strip);
            canvas.DrawImage(image, 0, stamp.Top, SKSamplingOptions.Default);
        }

        var worst = Enumerable.Range(0, Size.Height).Max(y => Enumerable.Range(0, Size.Width).Max(x => Math.Abs(Luma(photo.GetPixel(x, y)) - Luma(film.GetPixel(x, y)))));
        Assert.InRange(worst, 0, 24);
        Assert.Equal((0, 0, 0, Size.Width), (stamp.Top % 2, stamp.Size.Height % 2, stamp.Size.Width % 2, stamp.Size.Width));
        Assert.InRange(stamp.Top + stamp.Size.Height, 1, Size.Height);
    }

    [Fact]
    public void Draw_SameText_IsTheSamePicture_AnotherOneAnother()
    {
        var second = 0;
        using var stamp = new FilmStamp(Size, new StampSettings { Template = "{time:ss}" }, null, Frame, _ => new() { Name = "", Time = DateTimeOffset.UnixEpoch.AddSeconds(second) });

        var first = stamp.Draw(Frame);
        Assert.Same(first, stamp.Draw(Frame));
        second = 1;
        Assert.NotEqual(first, stamp.Draw(Frame));
    }

    [Fact]
    public void Draw_Counter_IsTheFramesNumberInTheFilm()
    {
        var frames = new List<byte[]>();
        using var counted = new FilmStamp(Size, new StampSettings { Template = "{counter}" }, null, Frame, _ => Nothing);
        for (var number = 0; number < 3; number++)
        {
            frames.Add(counted.Draw(Frame));
        }

        using var second = Stamp(new StampStyle(), "2", null);
        Assert.Equal(second.Draw(Frame), frames[2]);
    }

    // The decoder's picture must not change its size within a film.
    [Fact]
    public void Draw_LaterTextIsLonger_IsDrawnSmallerAndWhole()
    {
        var name = "short";
        using var stamp = new FilmStamp(Size, new StampSettings { Template = "{name}" }, null, Frame, _ => new() { Name = name, Time = default });
        name = string.Concat(Enumerable.Repeat("a long name ", 15));

        using var strip = SKBitmap.Decode(stamp.Draw(Frame));

        Assert.Equal((stamp.Size.Width, stamp.Size.Height), (strip.Width, strip.Height));
        Assert.True(Enumerable.Range(0, strip.Width).All(x => strip.GetPixel(x, 0).Alpha == 0 && strip.GetPixel(x, strip.Height - 1).Alpha == 0), "the box is cut off");
        Assert.True(Enumerable.Range(0, strip.Width).Any(x => strip.GetPixel(x, strip.Height / 2).Alpha > 0), "nothing is drawn");
    }

    private static Frame Frame { get; } = new([], Size.Width, Size.Height, new FrameMetadata(), 0);

    private static StampValues Nothing { get; } = new() { Name = "", Time = default };

    // Of colours a JPEG keeps half the resolution only.
    private static double Luma(SKColor colour) => (0.299 * colour.Red) + (0.587 * colour.Green) + (0.114 * colour.Blue);

    private static FilmStamp Stamp(StampStyle style, string text, byte[]? logo) => new(Size, new StampSettings { Template = text, Style = style }, logo, Frame, _ => Nothing);
}

using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class JpegFitTests
{
    [Theory]
    [InlineData(320, 180, 320, 180)]
    [InlineData(300, 300, 300, 169)]
    [InlineData(1280, 90, 160, 90)]
    [InlineData(900, 1, 1, 1)]
    [InlineData(1279, 719, 1278, 719)]
    public void Fit_Smaller_FitsWithinAndKeepsItsShape(int width, int height, int madeWidth, int madeHeight)
    {
        var fitted = JpegThumbnail.Fit(Jpeg(1280, 720), new(width, height), 90);

        Assert.Equal(new PixelSize(madeWidth, madeHeight), fitted!.Value.Size);
        using var picture = SKBitmap.Decode(fitted.Value.Jpeg);
        Assert.Equal((madeWidth, madeHeight), (picture.Width, picture.Height));
        Assert.InRange(picture.GetPixel(0, 0).Red, 150, 250);
    }

    [Fact]
    public void Fit_Broken_IsNull() => Assert.Null(JpegThumbnail.Fit([1, 2, 3], new(10, 10), 90));

    private static byte[] Jpeg(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(new SKColor(200, 200, 200));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}

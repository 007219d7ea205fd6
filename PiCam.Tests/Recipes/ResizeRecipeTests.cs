using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>"Capturing resized images": <c>camera.capture('foo.jpg', resize=(320, 240))</c>.</summary>
public sealed class ResizeRecipeTests
{
    [Fact]
    public async Task Size_OnCapture_IsThePicturesAndItsExifs()
    {
        await using var recipe = await RecipePanel.StartAsync();

        foreach (var (asked, width, height) in new[] { ("320x240", 320, 240), ("1920x1080", 1920, 1080), ("50x50", 50, 50), ("9999x9999", 2592, 1944) })
        {
            var (item, file) = await recipe.TakeAsync($$"""{"size":"{{asked}}","name":"{{asked}}"}""");

            using var picture = SKBitmap.Decode(file);
            // As large as fits.
            Assert.True(picture.Width == width || picture.Height == height, $"{asked} became {picture.Width}×{picture.Height}.");
            Assert.InRange(picture.Width, 1, width);
            Assert.InRange(picture.Height, 1, height);
            Assert.Equal((picture.Width, picture.Height), (item["size"]!["width"]!.GetValue<int>(), item["size"]!["height"]!.GetValue<int>()));
            var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(file)).OfType<ExifSubIfdDirectory>().Single();
            Assert.Equal((picture.Width, picture.Height), (photo.GetInt32(ExifDirectoryBase.TagExifImageWidth), photo.GetInt32(ExifDirectoryBase.TagExifImageHeight)));
        }
    }
}

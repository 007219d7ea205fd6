using System.Diagnostics;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>"Capturing in low light": 1/6 frames per second, a shutter of 6 s, ISO 800. In PiCam that is the look "Night".</summary>
public sealed class LowLightRecipeTests
{
    private static readonly TimeSpan Exposure = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task NightLook_APicture_IsExposedForSixSecondsAtIso800()
    {
        await using var recipe = await RecipePanel.StartAsync();
        var day = await recipe.TakeAsync("""{"size":"640x480"}""");
        var looks = await recipe.CallAsync("GET", "/api/looks");
        var night = looks.AsArray().Single(look => look!["name"]!.GetValue<string>() == "Night")!;
        await recipe.CallAsync("POST", $"/api/looks/{night["id"]!.GetValue<string>()}/apply");

        var begun = Stopwatch.GetTimestamp();
        var (_, file) = await recipe.TakeAsync("""{"size":"640x480"}""");

        Assert.True(Stopwatch.GetElapsedTime(begun) >= Exposure, "The shutter was open for six seconds.");
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(file)).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal((new Rational(6, 1), 800, 1), (
            photo.GetRational(ExifDirectoryBase.TagExposureTime),
            photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent),
            photo.GetInt32(ExifDirectoryBase.TagExposureMode)));
        Assert.True(Brightness(file) > Brightness(day.File) + 50, $"{Brightness(file):0} after {Brightness(day.File):0}");
    }

    private static double Brightness(byte[] jpeg)
    {
        using var picture = SKBitmap.Decode(jpeg);
        return picture.Pixels.Average(pixel => pixel.Green);
    }
}

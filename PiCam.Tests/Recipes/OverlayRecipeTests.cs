using System.Net.Http.Headers;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>"Overlaying text and pictures on the output": text from a template, Chinese too, and a logo, in the file of the picture.</summary>
public sealed class OverlayRecipeTests
{
    private const string Small = """{"size":"640x480","stamp":true}""";

    [Fact]
    public async Task Stamp_TextAndLogo_AreInThePicturesFile()
    {
        await using var recipe = await RecipePanel.StartAsync();
        await recipe.CallAsync("PUT", "/api/camera/name", """{"name":"花园"}""");
        var stamp = await recipe.CallAsync("PUT", "/api/stamp", """{"template":"{name} {time:yyyy-MM-dd} {shutter} {iso}","corner":"topLeft","height":0.08}""");
        Assert.Matches(@"^花园 \d{4}-\d\d-\d\d .*s ISO \d+$", stamp["preview"]!.GetValue<string>());
        Assert.False(stamp["on"]!.GetValue<bool>());

        var plain = await recipe.TakeAsync("""{"size":"640x480"}""");
        var named = await recipe.TakeAsync(Small);
        await recipe.CallAsync("PUT", "/api/camera/name", """{"name":"大门"}""");
        var renamed = await recipe.TakeAsync(Small);
        await PutLogoAsync(recipe);
        var withLogo = await recipe.TakeAsync(Small);

        // Not in the picture that did not ask; white text in a dark box in the one that did.
        Assert.True(White(named.File) > White(plain.File) + 300, $"{White(named.File)} white points, {White(plain.File)} without the stamp");

        // Another Chinese name is other strokes, not the same empty boxes.
        Assert.InRange(Apart(named.File, renamed.File, new SKRectI(8, 8, 100, 60)), 200, int.MaxValue);
        Assert.True(Red(withLogo.File) > Red(renamed.File) + 300, "The logo is red.");
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(withLogo.File)).OfType<ExifSubIfdDirectory>().Single();
        Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
    }

    private static async Task PutLogoAsync(RecipePanel recipe)
    {
        using var png = new ByteArrayContent(TestPictures.Logo(120, 120));
        png.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var answer = await recipe.Client.PutAsync(new Uri("/api/stamp/logo", UriKind.Relative), png, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    private static int White(byte[] jpeg) => Count(jpeg, pixel => pixel is { Red: > 215, Green: > 215, Blue: > 215 });

    private static int Red(byte[] jpeg) => Count(jpeg, pixel => pixel is { Red: > 190, Green: < 70, Blue: < 70 });

    /// <summary>In the upper third, where the stamp is.</summary>
    private static int Count(byte[] jpeg, Func<SKColor, bool> isIt)
    {
        using var picture = TestPictures.Decode(jpeg);
        return picture.Pixels.Take(picture.Width * picture.Height / 3).Count(isIt);
    }

    private static int Apart(byte[] one, byte[] other, SKRectI area)
    {
        using var first = TestPictures.Decode(one);
        using var second = TestPictures.Decode(other);
        return Enumerable.Range(area.Top, area.Height).Sum(y =>
            Enumerable.Range(area.Left, area.Width).Count(x => Math.Abs(first.GetPixel(x, y).Green - second.GetPixel(x, y).Green) > 80));
    }
}

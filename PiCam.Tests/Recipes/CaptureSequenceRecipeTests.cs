using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>
/// picamera's recipe "capture_sequence": <c>camera.capture_sequence(['image%02d.jpg' % i for i in range(1, 9)])</c>, by the HTTP API
/// against the simulated camera.
/// </summary>
public sealed class CaptureSequenceRecipeTests
{
    private const int Count = 8;

    [Theory]
    [InlineData("\"rate\": \"stream\"", 640, 480)]
    [InlineData("\"rate\": \"still\", \"size\": \"1296x972\"", 1296, 972)]
    public async Task CaptureSequence_GivesNumberedPicturesInOrderThatDiffer(string how, int width, int height)
    {
        await using var panel = await RecipePanel.StartAsync();

        var begun = await panel.CallAsync("POST", "/api/bursts", $$"""{"count": {{Count}}, {{how}}, "name": "image{counter:02}.jpg"}""");
        var id = begun["id"]!.GetValue<string>();
        var ended = await panel.UntilAsync($"/api/bursts/{id}", burst => burst["endedAt"] is not null);

        Assert.Equal(("done", Count), (ended["state"]!.GetValue<string>(), ended["kept"]!.GetValue<int>()));
        var items = (await panel.CallAsync("GET", $"/api/media?sequence={id}"))["items"]!.AsArray().Reverse().ToList();
        Assert.Equal(Enumerable.Range(1, Count).Select(n => $"image{n:00}.jpg"), items.Select(item => item!["fileName"]!.GetValue<string>()));
        var pictures = new List<byte[]>();
        foreach (var item in items)
        {
            pictures.Add(await panel.FileAsync(item!));
        }

        var photos = pictures.Select(jpeg => ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifSubIfdDirectory>().Single()).ToList();
        Assert.All(photos, photo =>
        {
            Assert.Equal((width, height), (photo.GetInt32(ExifDirectoryBase.TagExifImageWidth), photo.GetInt32(ExifDirectoryBase.TagExifImageHeight)));
            Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
        });
        var times = photos.Select(Taken).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(Count, times.Distinct().Count());
        Assert.Equal(Count, pictures.Select(Convert.ToBase64String).Distinct().Count());
    }

    private static DateTime Taken(ExifSubIfdDirectory photo) => DateTime.ParseExact(
        $"{photo.GetString(ExifDirectoryBase.TagDateTimeOriginal)}.{photo.GetString(ExifDirectoryBase.TagSubsecondTimeOriginal)}",
        "yyyy:MM:dd HH:mm:ss.fff",
        CultureInfo.InvariantCulture);
}

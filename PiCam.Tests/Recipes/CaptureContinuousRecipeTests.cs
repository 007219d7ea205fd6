using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>"Capturing timelapse sequences": <c>for filename in camera.capture_continuous('img{counter:03d}.jpg'): time.sleep(…)</c>.</summary>
public sealed class CaptureContinuousRecipeTests
{
    [Fact]
    public async Task CaptureContinuous_AtAnInterval_NumbersItsPicturesFromOneOn()
    {
        await using var recipe = await RecipePanel.StartAsync();

        var made = await recipe.CallAsync("POST", "/api/timelapses", """{"name":"continuous","interval":1,"count":4,"size":"640x480","template":"img{counter:03d}.jpg"}""");
        var done = await recipe.UntilAsync($"/api/timelapses/{made["id"]!.GetValue<string>()}", lapse => lapse["state"]!.GetValue<string>() == "finished");

        Assert.Equal(4, done["taken"]!.GetValue<int>());
        var page = await recipe.CallAsync("GET", $"/api/media?sequence={made["sequence"]!.GetValue<string>()}");
        var pictures = page["items"]!.AsArray().Select(item => item!).Reverse().ToList();
        Assert.Equal(["img001.jpg", "img002.jpg", "img003.jpg", "img004.jpg"], pictures.Select(picture => picture["fileName"]!.GetValue<string>()));
        var times = new List<DateTime>();
        foreach (var picture in pictures)
        {
            var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(await recipe.FileAsync(picture))).OfType<ExifSubIfdDirectory>().Single();
            Assert.Equal((640, 480), (photo.GetInt32(ExifDirectoryBase.TagExifImageWidth), photo.GetInt32(ExifDirectoryBase.TagExifImageHeight)));
            Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
            times.Add(photo.GetDateTime(ExifDirectoryBase.TagDateTimeOriginal));
        }

        Assert.Equal(times.Order(), times);
    }
}

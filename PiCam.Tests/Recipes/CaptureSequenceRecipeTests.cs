using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>
/// picamera's recipe "capture_sequence": <c>camera.capture_sequence(['image%02d.jpg' % i for i in range(1, 6)])</c>, by the HTTP API
/// against the simulated camera.
/// </summary>
public sealed class CaptureSequenceRecipeTests : IAsyncLifetime
{
    private PanelProcess panel = null!;
    private HttpClient client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        panel = await PanelProcess.StartAsync(Token, "--Camera:Width=640", "--Camera:Height=360");
        await PanelProcess.RunAsync(panel.DataFolder, "correct horse battery\n", "user", "add", "ana", "--role", "Administrator");
        var (_, output, _) = await PanelProcess.RunAsync(panel.DataFolder, "", "token", "add", "recipe", "--role", "Operator");
        client = new HttpClient { BaseAddress = new Uri(panel.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.Trim().Split('\n')[^1].Trim());
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/snapshot.jpg", Token);
                return answer.IsSuccessStatusCode;
            },
            "the camera is live",
            TimeSpan.FromSeconds(60),
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (panel is not null)
        {
            await panel.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("stream", 640, 360)]
    [InlineData("still", 1296, 972)]
    public async Task CaptureSequence_GivesNumberedPicturesInOrderThatDiffer(string rate, int width, int height)
    {
        const int count = 8;
        var body = new JsonObject { ["count"] = count, ["rate"] = rate, ["name"] = "image{counter:02}.jpg" };
        if (rate == "still")
        {
            body["size"] = $"{width}x{height}";
        }

        using var begun = await client.PostAsJsonAsync("/api/bursts", body, Token);
        Assert.Equal(202, (int)begun.StatusCode);
        var address = begun.Headers.Location!.ToString();
        await Eventually.TrueAsync(async () => (await GetAsync(address))["endedAt"] is not null, "it ends", TimeSpan.FromSeconds(120), Token);

        var ended = await GetAsync(address);
        Assert.Equal(("done", count), (ended["state"]!.GetValue<string>(), ended["kept"]!.GetValue<int>()));
        var items = (await GetAsync($"/api/media?sequence={ended["id"]}"))["items"]!.AsArray().Reverse().ToList();
        Assert.Equal(Enumerable.Range(1, count).Select(n => $"image{n:00}.jpg"), items.Select(item => item!["fileName"]!.GetValue<string>()));
        var pictures = new List<byte[]>();
        foreach (var item in items)
        {
            pictures.Add(await client.GetByteArrayAsync($"/api/media/{item!["id"]}/file", Token));
        }

        var read = pictures.Select(jpeg => ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg))).ToList();
        Assert.All(read, directories =>
        {
            var photo = directories.OfType<ExifSubIfdDirectory>().Single();
            Assert.Equal((width, height), (photo.GetInt32(ExifDirectoryBase.TagExifImageWidth), photo.GetInt32(ExifDirectoryBase.TagExifImageHeight)));
            Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
        });
        var times = read.Select(Taken).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(count, times.Distinct().Count());
        Assert.Equal(count, pictures.Select(Convert.ToBase64String).Distinct().Count());
    }

    private static DateTime Taken(IReadOnlyList<MetadataExtractor.Directory> directories)
    {
        var photo = directories.OfType<ExifSubIfdDirectory>().Single();
        var text = $"{photo.GetString(ExifDirectoryBase.TagDateTimeOriginal)}.{photo.GetString(ExifDirectoryBase.TagSubsecondTimeOriginal)}";
        return DateTime.ParseExact(text, "yyyy:MM:dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    private async Task<JsonNode> GetAsync(string address) => JsonNode.Parse(await client.GetStringAsync(address, Token))!;
}

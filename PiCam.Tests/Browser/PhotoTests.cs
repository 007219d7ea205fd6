using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Taking a picture, as a person does it.</summary>
public sealed class PhotoTests(LivePanelFixture fixture) : IClassFixture<LivePanelFixture>, IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task KeyC_OnTheLivePage_KeepsAPictureOfTheWholeSensor()
    {
        var live = await fixture.SignedInAsync();

        await live.Page.Keyboard.PressAsync("c");

        await live.Page.GetByText("Kept: ").WaitForAsync();
        await live.Page.GetByLabel("Open the picture").ClickAsync();
        var shown = live.Page.Locator(".viewer .current img");
        await shown.WaitForAsync();
        await LivePage.UntilAsync(() => shown.EvaluateAsync<bool>("img => img.naturalWidth === 2592"), "the whole picture is shown");
        var file = await live.Page.APIRequest.GetAsync(fixture.Panel.Address + await shown.GetAttributeAsync("src"));
        var jpeg = await file.BodyAsync();
        using var picture = SKBitmap.Decode(jpeg);
        Assert.Equal((2592, 1944), (picture.Width, picture.Height));
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifSubIfdDirectory>().Single();
        Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
        var page = JsonNode.Parse(await (await live.Page.APIRequest.GetAsync(fixture.Panel.Address + "/api/media")).TextAsync())!;
        Assert.Equal("still", page["items"]![0]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task SelfTimer_OnThePhone_CountsAndCanBeStopped()
    {
        var page = await fixture.NewPageAsync(390, 844);
        await page.GotoAsync(fixture.Panel.Address);
        await new LivePage(page).SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        await page.GetByLabel("Picture settings", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("Self-timer").EvaluateAsync("select => { select.closest('details').open = true; }");
        await page.GetByLabel("Self-timer").SelectOptionAsync("30");
        await page.GetByLabel("Close settings").ClickAsync();

        await page.GetByLabel("Take a picture").ClickAsync();
        await page.GetByLabel("Stop the self-timer").ClickAsync();

        await page.GetByText("The self-timer was stopped.").WaitForAsync();
        await page.GetByLabel("Take a picture").WaitForAsync();
        await page.GetByLabel("Self-timer").SelectOptionAsync("0", new() { Force = true });
    }
}

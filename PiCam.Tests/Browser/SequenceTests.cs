using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Bursts and brackets, as a person takes them, and what is in their files.</summary>
[Collection(BrowserLane.Two)]
public sealed class SequenceTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task KeyB_OnTheLivePage_TakesTheChosenBurst()
    {
        var live = await fixture.SignedInAsync();
        await Opener(live.Page).ClickAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Burst", Exact = true }).ClickAsync();
        await live.Page.GetByLabel("Pictures", new() { Exact = true }).SelectOptionAsync("5");
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Take a burst of 5" }).WaitForAsync();
        await live.Page.Keyboard.PressAsync("Escape");

        await live.Page.Keyboard.PressAsync("b");

        await FiveAreKeptAsync(live.Page);

        // It says so for a while only, though there is something to press.
        await live.Page.Locator(".mud-snackbar").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Burst_OnDesktopAndPhone_IsTakenByTheButtonOfItsSheet(int width, int height)
    {
        var page = (await fixture.SignedInAsync(width, height)).Page;
        await Opener(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Burst", Exact = true }).ClickAsync();
        await page.GetByLabel("Pictures", new() { Exact = true }).SelectOptionAsync("5");
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take a burst of 5" });
        await take.WaitForAsync();
        await Accessibility.CheckAsync(page, "the sheet of a burst");

        await take.ClickAsync();

        await FiveAreKeptAsync(page);
        await Opener(page).ClickAsync();
        await page.Locator("#sequence .last a").WaitForAsync();
        await Accessibility.CheckAsync(page, "the sheet after a burst");
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Bracket_OnDesktopAndPhone_DiffersByTheStep(int width, int height)
    {
        var page = (await fixture.SignedInAsync(width, height)).Page;
        await Opener(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bracket", Exact = true }).ClickAsync();
        await page.GetByLabel("Step", new() { Exact = true }).SelectOptionAsync("1");
        await Accessibility.CheckAsync(page, "the sheet of a bracket");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take a bracket of 3" }).ClickAsync();

        await Told(page, "Bracket: 3 of 3 pictures are in the library.").WaitForAsync(new() { Timeout = 120_000 });

        var exposures = (await PicturesAsync(page)).Select(jpeg =>
        {
            var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifSubIfdDirectory>().Single();
            return photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() * photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent);
        }).ToList();
        Assert.Equal(3, exposures.Count);
        Assert.Equal(2, exposures[1] / exposures[0], 0.05);
        Assert.Equal(2, exposures[2] / exposures[1], 0.05);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
    }

    [Fact]
    public async Task Burst_ThatIsUnderWay_SurvivesTheReloadAndIsStoppedFromThePage()
    {
        var live = await fixture.SignedInAsync();
        await LivePage.SendAsync(live.Page, "POST", "/api/bursts", new { count = 1000, rate = "still", size = "320x240" });
        await live.Page.ReloadAsync();

        await live.Page.GetByLabel("Stop taking pictures").ClickAsync();

        await Opener(live.Page).ClickAsync(new() { Timeout = 60_000 });
        await live.Page.GetByText("of 1000 pictures are in the library.").WaitForAsync();
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(360, 640)]
    [InlineData(390, 664)]
    [InlineData(430, 932)]
    [InlineData(844, 390)]
    public async Task Row_OnPhones_HoldsEveryButtonBesideTheStick(int width, int height)
    {
        var page = (await fixture.SignedInAsync(width, height)).Page;
        await page.Keyboard.PressAsync("c");
        await page.GetByText("Kept: ").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByLabel("Open the picture").WaitForAsync();

        foreach (var button in await page.Locator(".quick button:visible, .quick a:visible").AllAsync())
        {
            var box = (await button.BoundingBoxAsync())!;
            Assert.True(box.X >= 0 && box.X + box.Width <= width + 0.5, $"{await button.GetAttributeAsync("aria-label")} lies from {box.X} to {box.X + box.Width}");
            Assert.True(box.Y >= 0 && box.Y + box.Height <= height + 0.5, $"{await button.GetAttributeAsync("aria-label")} lies from {box.Y} to {box.Y + box.Height}");
            Assert.True(box.Width >= 43.5 && box.Height >= 43.5, $"{await button.GetAttributeAsync("aria-label")} has {box.Width}×{box.Height}");
        }

        var covered = await page.EvaluateAsync<string[]>(
            """
            () => {
              const boxes = [...document.querySelectorAll('.quick button, .quick a, .joystick, .tools button')].filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()]);
              const name = one => one.getAttribute('aria-label') ?? one.className;
              return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
                .map(([other]) => `${name(one)} and ${name(other)}`));
            }
            """);
        Assert.Empty(covered);
    }

    private static ILocator Opener(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Burst, bracket", Exact = true });

    private static ILocator Told(IPage page, string text) => page.Locator(".mud-snackbar").GetByText(text);

    private async Task FiveAreKeptAsync(IPage page)
    {
        await Told(page, "Burst: 5 of 5 pictures are in the library.").WaitForAsync(new() { Timeout = 60_000 });
        var pictures = await PicturesAsync(page);
        Assert.Equal(5, pictures.Count);
        Assert.All(pictures, jpeg =>
        {
            using var picture = SKBitmap.Decode(jpeg);
            Assert.Equal((640, 360), (picture.Width, picture.Height));
            var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifSubIfdDirectory>().Single();
            Assert.True(photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);
        });
    }

    /// <summary>The files of the newest sequence, oldest first.</summary>
    private async Task<List<byte[]>> PicturesAsync(IPage page)
    {
        var sequences = JsonNode.Parse(await (await page.APIRequest.GetAsync(fixture.Panel.Address + "/api/bursts")).TextAsync())!;
        var media = JsonNode.Parse(await (await page.APIRequest.GetAsync(
            fixture.Panel.Address + $"/api/media?sequence={sequences[0]!["id"]!.GetValue<string>()}")).TextAsync())!;
        var files = new List<byte[]>();
        foreach (var item in media["items"]!.AsArray().Reverse())
        {
            files.Add(await (await page.APIRequest.GetAsync(fixture.Panel.Address + $"/api/media/{item!["id"]!.GetValue<string>()}/file")).BodyAsync());
        }

        return files;
    }
}

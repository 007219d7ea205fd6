using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A time-lapse from the form to the files, as a person makes one.</summary>
[Collection(BrowserLane.Two)]
public sealed class TimeLapseTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(390, 844, "light")]
    public async Task TimeLapse_MadeWatchedStoppedDeletedAndBroughtBack(int width, int height, string theme)
    {
        var page = await fixture.NewPageAsync(width, height, theme);
        await page.GotoAsync(fixture.Panel.Address);
        await new LivePage(page).SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        await page.Locator("nav a[href='/timelapse']").ClickAsync();
        var form = page.Locator("form.card");
        if (!await AppearsAsync(form))
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "New time-lapse" }).ClickAsync();
        }

        var name = $"Yard {width}";
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await form.GetByLabel("5 min", new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByText("288 pictures a day, about").WaitForAsync();
        await form.GetByLabel("1 s", new() { Exact = true }).CheckAsync();
        await page.GetByText("86,400 pictures a day, about").WaitForAsync();
        await form.GetByText("Size and names").ClickAsync();
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Size", Exact = true }).SelectOptionAsync("640×360");
        await form.GetByLabel("Names of the pictures").FillAsync("yard{counter:03}");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

        var card = page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });
        await card.GetByText("Running", new() { Exact = true }).WaitForAsync();
        await LivePage.UntilAsync(async () => await card.Locator(".pictures img").CountAsync() >= 3, "three pictures are shown");
        await LivePage.UntilAsync(
            () => card.EvaluateAsync<bool>("card => [...card.querySelectorAll('.pictures img')].every(image => image.naturalWidth > 0)"), "they are decoded");
        await Accessibility.CheckAsync(page, "a running time-lapse");
        await page.Locator("nav a[href='/']").ClickAsync();

        // The line that it stands in has its full length: it does not move away under the pointer.
        await new LivePage(page).PictureAsync();
        await page.Locator(".figures").WaitForAsync();
        await page.Locator("a.lapse").ClickAsync();
        await page.WaitForURLAsync("**/timelapse");
        await card.GetByRole(AriaRole.Button, new() { Name = "Stop the time-lapse" }).ClickAsync();
        await card.GetByText("Stopped", new() { Exact = true }).WaitForAsync();

        var sequence = (await card.Locator(".link").GetAttributeAsync("href"))!.Split('=')[1];
        var media = JsonNode.Parse(await (await page.APIRequest.GetAsync($"{fixture.Panel.Address}/api/media?sequence={sequence}")).TextAsync())!;
        var pictures = media["items"]!.AsArray().Select(item => item!).Reverse().ToList();
        Assert.True(pictures.Count >= 3);
        Assert.StartsWith("yard001", pictures[0]["name"]!.GetValue<string>(), StringComparison.Ordinal);
        var jpeg = await (await page.APIRequest.GetAsync($"{fixture.Panel.Address}/api/media/{pictures[0]["id"]!.GetValue<string>()}/file")).BodyAsync();
        using var picture = SKBitmap.Decode(jpeg);
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        Assert.True(ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifSubIfdDirectory>().Single()
            .GetRational(ExifDirectoryBase.TagExposureTime).ToDouble() > 0);

        await card.GetByLabel("Delete the time-lapse").ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await card.GetByText("Stopped", new() { Exact = true }).WaitForAsync();
    }

    // The form is open for who comes when there is none yet.
    private static async Task<bool> AppearsAsync(ILocator form)
    {
        await form.Page.Locator("h1", new() { HasText = "Time-lapse" }).WaitForAsync();
        await LivePage.UntilAsync(
            async () => await form.CountAsync() > 0 || await form.Page.Locator("section.card").CountAsync() > 0, "the page is there");
        return await form.CountAsync() > 0;
    }
}

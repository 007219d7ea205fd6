using System.Diagnostics;
using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Playwright;
using PiCam.Core.Cameras;
using PiCam.Core.Stills;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Taking a picture, as a person does it.</summary>
[Collection(BrowserLane.One)]
public sealed class PhotoTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task KeyC_OnTheLivePage_KeepsAPictureOfTheWholeSensor()
    {
        var live = await fixture.SignedInAsync();

        await live.Page.Keyboard.PressAsync("c");

        await Beside(live.Page, await KeptAsync(live.Page)).ClickAsync();
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
    public async Task NewestPicture_TakenElsewhere_IsBesideTheButtonUntilItIsDeleted()
    {
        var page = (await fixture.SignedInAsync()).Page;
        await LivePage.SendAsync(page, "POST", "/api/stills", new { name = "elder" });
        await Beside(page, "elder").WaitForAsync();
        await LivePage.SendAsync(page, "POST", "/api/stills", new { name = "younger" });
        await Beside(page, "younger").WaitForAsync();

        await page.ReloadAsync();
        var path = await Beside(page, "younger").Locator("img").GetAttributeAsync("src");
        await LivePage.SendAsync(page, "DELETE", path!.Replace("/thumbnail.jpg", "", StringComparison.Ordinal), new { });

        await Beside(page, "elder").WaitForAsync();
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task SizeQualityAndWarmUp_ChosenByAPerson_AreThePictures(int width, int height)
    {
        var page = await PhotoSettingsAsync(width, height);
        var settings = Settings(page);
        await settings.GetByLabel("Size", new() { Exact = true }).SelectOptionAsync("640×360");
        await settings.GetByLabel("JPEG quality").SelectOptionAsync("60");
        await settings.GetByLabel("Settle first").SelectOptionAsync("2");
        await CloseSettingsAsync(page);

        var coarse = await TakeAsync(page);

        using var picture = SKBitmap.Decode(coarse);
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        Assert.Equal("640,360", await ProbedSizeAsync(coarse));
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(coarse)).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal(640, photo.GetInt32(ExifDirectoryBase.TagExifImageWidth));
        await OpenSettingsAsync(page);
        await settings.GetByLabel("JPEG quality").SelectOptionAsync("100");
        await settings.GetByLabel("Settle first").SelectOptionAsync("0");
        await CloseSettingsAsync(page);
        Assert.True((await TakeAsync(page)).Length > coarse.Length * 2, "A finer picture takes more bytes.");
        await OpenSettingsAsync(page);
        await settings.GetByLabel("JPEG quality").SelectOptionAsync("95");
        await settings.GetByLabel("Size", new() { Exact = true }).SelectOptionAsync("");
        await UntilAnotherPageShowsAsync(page, "Size", "");
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Stamp_SwitchedOnByAPerson_IsSeenLiveAndInTheFile(int width, int height)
    {
        var page = await PhotoSettingsAsync(width, height);
        var settings = Settings(page);
        await settings.GetByLabel("The camera's name").FillAsync("<b>花园</b>");
        await settings.GetByLabel("File name").FillAsync("{name} {counter:000}");
        await settings.GetByLabel("Stamp on pictures").CheckAsync();
        await settings.GetByLabel("Text", new() { Exact = true }).FillAsync("{name} {iso}");
        await settings.GetByLabel("What the stamp says now").Filter(new() { HasText = "<b>花园</b> ISO " }).WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await settings.GetByLabel("Corner").SelectOptionAsync("TopLeft");
        await settings.GetByLabel("Height of a line").SelectOptionAsync("0.08");
        await settings.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = TestPictures.Logo(100, 100) });
        await settings.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).WaitForAsync();
        await page.Locator(".over .TopLeft").GetByText("<b>花园</b> ISO ").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.title === '<b>花园</b> · PiCam'");
        await CloseSettingsAsync(page);

        var file = await TakeAsync(page);

        using var picture = SKBitmap.Decode(file);
        var corner = Enumerable.Range(0, picture.Height / 6).SelectMany(y => Enumerable.Range(0, picture.Width / 2).Select(x => picture.GetPixel(x, y))).ToList();
        Assert.True(corner.Count(pixel => pixel is { Red: > 230, Green: > 230, Blue: > 230 }) > 500, "There is white text.");
        Assert.True(corner.Count(pixel => pixel is { Red: > 190, Green: < 70, Blue: < 70 }) > 500, "There is a red logo.");
        var name = await page.GetByLabel("Open the picture").GetAttributeAsync("title");
        Assert.Matches(@"^_b_花园__b_ \d{3}$", name);
        var image = ImageMetadataReader.ReadMetadata(new MemoryStream(file)).OfType<ExifIfd0Directory>().Single();
        Assert.Equal("<b>花园</b>", System.Text.Encoding.Unicode.GetString(image.GetByteArray(ExifDirectoryBase.TagWinTitle)!).TrimEnd('\0'));

        await OpenSettingsAsync(page);
        await settings.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await settings.GetByLabel("Stamp on pictures").UncheckAsync();
        await page.Locator(".over .stamp").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await settings.GetByLabel("File name").FillAsync(StillSettings.UsualNameTemplate);
        await settings.GetByLabel("The camera's name").FillAsync(CameraName.Usual);
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForFunctionAsync("() => document.title === 'PiCam'");
    }

    [Fact]
    public async Task KeyM_WhileTheStampIsOn_HidesItFromTheLivePictureAndShowsItAgain()
    {
        var page = (await fixture.SignedInAsync()).Page;
        await Mute(page, false).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var stamp = page.Locator(".over .stamp");
        try
        {
            await LivePage.SendAsync(page, "PUT", "/api/stamp", new { on = true });
            await stamp.WaitForAsync();

            await page.Keyboard.PressAsync("m");

            await stamp.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await Mute(page, true).WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.Equal(1, await stamp.CountAsync());
            await page.Keyboard.PressAsync("m");
            await stamp.WaitForAsync();
        }
        finally
        {
            await LivePage.SendAsync(page, "PUT", "/api/stamp", new { on = false });
        }

        static ILocator Mute(IPage page, bool pressed) => page.Locator($"[data-instrument=Mute][aria-pressed={(pressed ? "true" : "false")}]");
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task SelfTimer_SetByAPerson_CanBeStoppedAndTakesThePictureWhenItEnds(int width, int height)
    {
        var page = await PhotoSettingsAsync(width, height);
        var timer = Settings(page).GetByLabel("Self-timer");
        await timer.SelectOptionAsync("30");
        await CloseSettingsAsync(page);

        await page.GetByLabel("Take a picture").ClickAsync();
        await page.GetByLabel("Stop the self-timer").ClickAsync();

        await page.GetByText("The self-timer was stopped.").WaitForAsync();
        await page.GetByLabel("Take a picture").WaitForAsync();
        await OpenSettingsAsync(page);
        await timer.SelectOptionAsync("2");
        await CloseSettingsAsync(page);
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(await TakeAsync(page))).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal(2592, photo.GetInt32(ExifDirectoryBase.TagExifImageWidth));
        await OpenSettingsAsync(page);
        await timer.SelectOptionAsync("0");
        await UntilAnotherPageShowsAsync(page, "Self-timer", "0");
    }

    /// <summary>The live page, signed in, with the settings of photos open.</summary>
    private async Task<IPage> PhotoSettingsAsync(int width, int height)
    {
        var live = await fixture.SignedInAsync(width, height);
        await OpenSettingsAsync(live.Page);
        await Settings(live.Page).EvaluateAsync("group => { group.open = true; }");
        return live.Page;
    }

    /// <summary>Until a setting has reached the panel: what a page was told just before it closes may not have, and the next test would meet the old one.</summary>
    private async Task UntilAnotherPageShowsAsync(IPage page, string label, string value)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(fixture.Panel.Address);
        var shown = Settings(other).GetByLabel(label, new() { Exact = true });
        await LivePage.UntilAsync(async () => await shown.InputValueAsync() == value, $"{label} is \"{value}\" again");
    }

    private static ILocator Settings(IPage page) => page.Locator("details", new() { Has = page.GetByLabel("The camera's name") });

    // Beside the picture on a wide screen, a sheet over it on a phone.
    private static async Task OpenSettingsAsync(IPage page)
    {
        if (page.ViewportSize!.Width < 960)
        {
            await page.GetByLabel("Picture settings", new() { Exact = true }).First.ClickAsync();
        }
    }

    private static async Task CloseSettingsAsync(IPage page)
    {
        if (page.ViewportSize!.Width < 960)
        {
            await page.GetByLabel("Close settings").ClickAsync();
        }
    }

    private static ILocator Beside(IPage page, string name) => page.GetByLabel("Open the picture " + name, new() { Exact = true });

    /// <summary>The name of the picture that was taken, as the page says it.</summary>
    private static async Task<string> KeptAsync(IPage page) =>
        (await page.GetByText("Kept: ").TextContentAsync())!.Split("Kept: ")[1].Split(" · ")[0];

    /// <summary>Presses the button, and fetches the picture that the page shows then.</summary>
    private async Task<byte[]> TakeAsync(IPage page)
    {
        await page.GetByText("Kept: ").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByLabel("Take a picture").ClickAsync();
        var taken = Beside(page, await KeptAsync(page)).Locator("img");
        var path = (await taken.GetAttributeAsync("src"))!.Replace("/thumbnail.jpg", "/file", StringComparison.Ordinal);
        var file = await page.APIRequest.GetAsync(fixture.Panel.Address + path);
        return await file.BodyAsync();
    }

    private static async Task<string> ProbedSizeAsync(byte[] jpeg)
    {
        using var folder = new TemporaryFolder();
        var path = folder["picture.jpg"];
        await File.WriteAllBytesAsync(path, jpeg);
        var start = new ProcessStartInfo("ffprobe") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path])
        {
            start.ArgumentList.Add(argument);
        }

        using var probe = Process.Start(start)!;
        var said = await probe.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, probe.ExitCode);
        return said.Trim();
    }
}

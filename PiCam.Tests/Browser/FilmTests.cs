using Microsoft.Playwright;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A film from the pictures of a run to the file, as a person makes one.</summary>
[Collection(BrowserLane.Two)]
public sealed class FilmTests(LibraryPanel panel) : IClassFixture<LibraryPanel>, IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => panel.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(390, 844, "light")]
    public async Task Film_MadeFromARunByAPerson_PlaysAndHasEveryPicture(int width, int height, string theme)
    {
        var run = $"dusk{width}";
        foreach (var n in Enumerable.Range(0, 6))
        {
            await panel.AddAsync($"{run}-{n}", n, MediaKind.TimeLapse, run);
        }

        var page = await panel.OpenAsync($"/library?text={run}-", width, height, theme);
        await page.GetByRole(AriaRole.Link, new() { Name = "Time-lapse of 6 pictures" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Film", Exact = true }).ClickAsync();
        var sheet = page.Locator("#run-film:popover-open");
        await sheet.GetByLabel("Frames per second").SelectOptionAsync("5");
        await sheet.GetByText("6 pictures → 1.2 s").WaitForAsync();
        await Accessibility.CheckAsync(page, "the settings of a film");

        await sheet.GetByRole(AriaRole.Button, new() { Name = "Make film" }).ClickAsync();

        var video = sheet.Locator("video");
        await video.WaitForAsync(new() { Timeout = 60_000 });
        await LivePage.UntilAsync(
            () => video.EvaluateAsync<bool>("video => video.videoWidth === 1296 && video.videoHeight === 972 && Math.abs(video.duration - 1.2) < 0.01"),
            "the browser can play it");
        await Accessibility.CheckAsync(page, "a finished film");
        var file = await page.APIRequest.GetAsync(new Uri(panel.Address, await video.GetAttributeAsync("src")).ToString());
        Assert.Equal("video/mp4", file.Headers["content-type"]);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["film.mp4"], await file.BodyAsync(), Token);
        Assert.Equal(new FilmProbe(6, 1296, 972, "5/1", "h264", "yuv420p", 1.2), await FilmProbe.ReadAsync(folder["film.mp4"]));

        // They are there still: nobody asked for their end.
        await page.Keyboard.PressAsync("Escape");
        await LivePage.UntilAsync(async () => await page.Locator(".tile[data-id]").CountAsync() == 6, "the pictures are in the run");
    }
}

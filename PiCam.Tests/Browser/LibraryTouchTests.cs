using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Choosing in the library by the fingers, on a phone.</summary>
[Collection(BrowserLane.Two)]
public sealed class LibraryTouchTests(LibraryPanel panel) : IClassFixture<LibraryPanel>, IAsyncDisposable
{
    public ValueTask DisposeAsync() => panel.ClosePagesAsync();

    [Fact]
    public async Task SelectButton_OnThePhone_PicksByTapsAndDownloadsOneArchive()
    {
        foreach (var n in Enumerable.Range(0, 4))
        {
            await panel.AddAsync($"pouch-{n}", n);
        }

        var page = await panel.OpenAsync("/library?text=pouch-", 390, 844);
        await Tile(page, "pouch-3").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select", Exact = true }).TapAsync();
        await page.Locator(".chosen", new() { HasText = "0 selected" }).WaitForAsync();
        foreach (var n in (int[])[0, 1, 3])
        {
            await Tile(page, $"pouch-{n}").TapAsync();
        }

        await page.Locator(".chosen", new() { HasText = "3 selected" }).WaitForAsync();
        await Tile(page, "pouch-1").TapAsync();
        await page.Locator(".chosen", new() { HasText = "2 selected" }).WaitForAsync();
        await Accessibility.CheckAsync(page, "the selection by taps");

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.Locator(".chosen").GetByRole(AriaRole.Button, new() { Name = "Download", Exact = true }).TapAsync());

        await PhotoArchive.HoldsAsync(download, "pouch-0.jpg", "pouch-3.jpg");
    }

    [Fact]
    public async Task LongPress_OnThePhone_BeginsToSelect()
    {
        await panel.AddAsync("press-0");
        await panel.AddAsync("press-1", 1);
        var page = await panel.OpenAsync("/library?text=press-", 390, 844);
        var box = (await Tile(page, "press-1").BoundingBoxAsync())!;
        var touch = await page.Context.NewCDPSessionAsync(page);
        var finger = new Dictionary<string, object>
        {
            ["type"] = "touchStart",
            ["touchPoints"] = new[] { new Dictionary<string, object> { ["x"] = box.X + (box.Width / 2), ["y"] = box.Y + (box.Height / 2) } },
        };

        await touch.SendAsync("Input.dispatchTouchEvent", finger);
        await page.Locator(".chosen", new() { HasText = "1 selected" }).WaitForAsync();
        await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });

        await Tile(page, "press-0").TapAsync();
        await page.Locator(".chosen", new() { HasText = "2 selected" }).WaitForAsync();
        await Accessibility.CheckAsync(page, "the selection on a phone");
        await page.GetByLabel("Compare").ClickAsync();
        await page.Locator(".comparison .picture").Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var second = page.GetByAltText("press-1");
        Assert.False(await second.IsVisibleAsync());
        await page.GetByText("Show the other").ClickAsync();
        await second.WaitForAsync();
        await Accessibility.CheckAsync(page, "the comparison on a phone");
    }

    private static ILocator Tile(IPage page, string name) => page.Locator($".tile a[title='{name}']");
}

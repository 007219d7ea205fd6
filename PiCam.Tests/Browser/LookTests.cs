using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Locking the look by its key, and the looks to choose from.</summary>
[Collection(BrowserLane.Two)]
public sealed class LookTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task L_UntilPressedAgain_LocksAndShowsWhatIsFrozen(int width, int height)
    {
        var live = await fixture.SignedInAsync(width, height);
        var page = live.Page;
        if (width < 960)
        {
            await page.Keyboard.PressAsync("p");
        }

        await page.Keyboard.PressAsync("l");
        await page.Locator(".look.locked .frozen").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Matches(@"^(1/\d+|[\d.]+) s · ISO \d+ · red \d\.\d\d, blue \d\.\d\d$", (await page.Locator(".frozen").TextContentAsync())!.Trim());
        Assert.Equal("Release the look", (await page.Locator(".look .lock").InnerTextAsync()).Trim());
        await LivePage.UntilAsync(async () => !await page.GetByLabel("Automatic exposure time").IsCheckedAsync(), "the exposure is fixed");
        await Accessibility.CheckAsync(page, "a locked look");

        await page.Keyboard.PressAsync("l");
        await page.Locator("section.look:not(.locked)").WaitForAsync();
        await LivePage.UntilAsync(() => page.GetByLabel("Automatic exposure time").IsCheckedAsync(), "it is automatic again");
    }

    [Fact]
    public async Task Looks_KeepChooseAndDelete_ComeBackByUndo()
    {
        var page = (await fixture.SignedInAsync()).Page;
        var choice = page.Locator(".choose select");
        await choice.SelectOptionAsync(new SelectOptionValue { Label = "Day" });
        await LivePage.UntilAsync(async () => !await page.GetByLabel("Automatic gain").IsCheckedAsync(), "the gain is fixed");
        await choice.SelectOptionAsync(new SelectOptionValue { Label = "Auto" });

        await page.Locator("[popovertarget=looks].more").ClickAsync();
        await page.Locator("#looks .new .text").FillAsync("Porch");
        await page.Locator("#looks .set").ClickAsync();
        await page.GetByLabel("Name of Porch").WaitForAsync();
        await Accessibility.CheckAsync(page, "the looks");
        await page.GetByLabel("Delete Porch").ClickAsync();
        await page.GetByLabel("Name of Porch").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        // The click beside it closed the list.
        await page.GetByLabel("Name of Porch").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("[popovertarget=looks].more").ClickAsync();
        await page.GetByLabel("Delete Porch").ClickAsync();
        await page.GetByLabel("Name of Porch").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}

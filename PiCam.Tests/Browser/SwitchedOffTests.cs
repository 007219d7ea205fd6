using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The live page while the camera is off: nothing moves away from under a finger, and what cannot be done now says why.</summary>
[Collection(BrowserLane.One)]
public sealed class SwitchedOffTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task CameraSwitchedOff_ItsButtonsStayAndSayWhy()
    {
        var page = (await fixture.SignedInAsync()).Page;
        try
        {
            await LivePage.SendAsync(page, "PUT", "/api/privacy", new { on = true });
            foreach (var name in new[] { "Take a picture", "Record", "Burst, bracket", "Switch the camera off for everybody" })
            {
                await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).And(page.Locator("[aria-disabled=true]")).WaitForAsync();
            }

            // A photo, and what the sheet of sequences offers.
            var why = page.Locator(".mud-snackbar", new() { HasText = "The camera is switched off by the privacy switch." });
            foreach (var key in "cb")
            {
                await page.Keyboard.PressAsync(key.ToString());
                await why.Locator("button").ClickAsync();
                await why.WaitForAsync(new() { State = WaitForSelectorState.Detached });
            }
        }
        finally
        {
            await LivePage.SendAsync(page, "PUT", "/api/privacy", new { on = false });
        }
    }
}

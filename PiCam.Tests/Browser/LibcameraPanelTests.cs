using Microsoft.Playwright;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Hardware.Native;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The whole panel on a real libcamera: the virtual camera's picture in Chromium, and no control that it lacks.</summary>
[Collection(BrowserLane.Two)]
public sealed class LibcameraPanelTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Panel_OnLibcamera_ShowsItsPictureAndOnlyItsControls()
    {
        await using var panel = await PanelProcess.StartAsync(
            TestContext.Current.CancellationToken, "--Camera:Source=libcamera", $"--Camera:Helper={NativeHelper.Executable}");
        var browser = await chromium.BrowserAsync(TestContext.Current.CancellationToken);
        await using var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(panel.Address);
        var live = new LivePage(page);
        await live.SetUpAsync(await panel.SetupCodeAsync(TestContext.Current.CancellationToken), "ana", "correct horse battery");

        await live.NewFramesAsync(await live.SequenceAsync());
        Assert.Equal(0, await page.GetByText("Shutter", new() { Exact = true }).CountAsync());
        Assert.Equal(0, await page.GetByText("White balance", new() { Exact = true }).CountAsync());
        await page.GetByLabel("Picture size").EvaluateAsync("select => { select.closest('details').open = true; }");
        await page.GetByLabel("Picture size").SelectOptionAsync(new SelectOptionValue { Label = "640×480" });
        await page.WaitForFunctionAsync(
            "() => { const shown = document.querySelector('.live-image.shown'); return (shown.naturalWidth ?? shown.width) === 640; }",
            null,
            new() { Timeout = 60_000 });
    }
}

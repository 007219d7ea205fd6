using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

[Collection(BrowserLane.Two)]
public sealed class LostCameraTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FileCamera_ComesAndGoes_ThePageSaysWhyAndGoesLiveByItself()
    {
        using var folder = new TemporaryFolder();
        var video = folder["garden.mp4"];
        await using var panel = await PanelProcess.StartAsync(Token, "--Camera:Source=ffmpeg", $"--Camera:Path={video}");
        var browser = await chromium.BrowserAsync(Token);
        await using var context = await browser.NewContextAsync(new() { Locale = "en-GB" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(panel.Address);
        await page.GetByLabel("Set-up code").FillAsync(await panel.SetupCodeAsync(Token));
        await page.GetByLabel("User name").FillAsync("ana");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByText("Create account").ClickAsync();

        await page.GetByText("Camera lost, retrying").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("garden.mp4").First.WaitForAsync();

        await TestVideos.MakeAsync(video);
        var live = new LivePage(page);
        await live.PictureAsync();
        await live.MovesAsync();
        Assert.Equal(0, await page.GetByText("Camera lost, retrying").CountAsync());
        Assert.Equal(0, await page.GetByLabel("Shutter").CountAsync());
        Assert.Equal(0, await page.GetByLabel("Joystick").CountAsync());
    }
}

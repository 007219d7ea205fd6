using System.Security.Cryptography;
using Microsoft.Playwright;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>HTTPS and HTTP of one panel in one browser, which keeps cookies for the host and not for the port.</summary>
[Collection(BrowserLane.Two)]
public sealed class HttpsTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Panel_OverHttpsThenHttpThenHttps_SignsInEachTimeAndIsLive()
    {
        await using var panel = await StartAsync();
        await using var context = await NewContextAsync(1280, 800);
        var live = new LivePage(await context.NewPageAsync());
        var secure = panel.SecureAddress!;

        await live.Page.GotoAsync(secure);
        await live.SetUpAsync(await panel.SetupCodeAsync(Token), LivePanelFixture.Name, LivePanelFixture.Password);
        await live.MovesAsync();
        Assert.Equal("h2", await live.Page.EvaluateAsync<string>("() => performance.getEntriesByType('navigation')[0].nextHopProtocol"));

        // Over HTTP the browser has a cookie of HTTPS that it may not send, and signs in all the same.
        await live.Page.GotoAsync(panel.Address);
        await live.Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await live.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await live.SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);

        // And the session over HTTPS is still there; out and in again.
        await live.Page.GotoAsync(secure);
        await live.PictureAsync();
        await new AccountPages(live.Page, secure).SignOutAsync();
        await live.SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        await live.MovesAsync();
        var cookies = (await context.CookiesAsync()).Select(cookie => (cookie.Name, cookie.Secure)).ToList();
        Assert.Contains(("__Host-picam", true), cookies);
        Assert.Contains(("picam", false), cookies);
    }

    [Fact]
    public async Task Page_WhoseMjpegStreamThePanelEnds_GoesOnOverTheSameConnection()
    {
        await using var panel = await StartAsync();
        await using var context = await NewContextAsync(1280, 800);
        var live = new LivePage(await context.NewPageAsync());
        await live.Page.GotoAsync(panel.SecureAddress!);
        await live.SetUpAsync(await panel.SetupCodeAsync(Token), LivePanelFixture.Name, LivePanelFixture.Password);
        await live.UseTransportAsync(PiCam.Blazor.Live.Transports.TransportKind.Mjpeg);
        await live.MovesAsync();
        await live.Page.EvaluateAsync("() => { window.samePage = true; }");

        await LivePage.SendAsync(live.Page, "PUT", "/api/privacy", new { on = true });
        await live.Page.WaitForFunctionAsync("() => document.querySelector('.live-image.shown') === null");
        await LivePage.SendAsync(live.Page, "PUT", "/api/privacy", new { on = false });
        await live.PictureAsync();
        await live.MovesAsync();

        Assert.True(await live.Page.EvaluateAsync<bool>("() => window.samePage === true"), "the page was loaded anew");
    }

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(360, 740, "light")]
    public async Task CertificatePage_Download_IsTheAuthorityThatThePageNames(int width, int height, string theme)
    {
        await using var panel = await StartAsync();
        await using var context = await NewContextAsync(width, height);
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = panel.Address }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(panel.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect with encryption" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Trust this panel" }).WaitForAsync();
        await Accessibility.CheckAsync(page, "certificate");
        var shown = (await page.Locator(".fingerprint").InnerTextAsync()).Replace(":", "", StringComparison.Ordinal);

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Download the authority" }).ClickAsync());

        var file = await File.ReadAllBytesAsync(await download.PathAsync(), Token);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(file)), string.Concat(shown.Where(char.IsAsciiHexDigit)));
        await page.GetByRole(AriaRole.Link, new() { Name = "Open this panel over HTTPS" }).ClickAsync();
        await page.WaitForURLAsync(panel.SecureAddress + "/setup", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByLabel("Set-up code").WaitForAsync();
    }

    [Fact]
    public async Task Switch_OffOverHttpAndOnOverHttps_LeadsThere()
    {
        await using var panel = await StartAsync();
        await using var context = await NewContextAsync(390, 844);
        var live = new LivePage(await context.NewPageAsync());
        var page = live.Page;
        await page.GotoAsync(panel.Address);
        await live.SetUpAsync(await panel.SetupCodeAsync(Token), LivePanelFixture.Name, LivePanelFixture.Password);
        await page.GotoAsync(panel.Address + "/settings");
        var always = page.GetByLabel("Always use HTTPS");
        await always.WaitForAsync();
        Assert.True(await always.IsDisabledAsync());
        Assert.Contains("over HTTPS first", await page.Locator("#https-always-means").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Open this page over HTTPS" }).ClickAsync();
        await live.SignInOnlyAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        await always.WaitForAsync();
        await Accessibility.CheckAsync(page, "status over HTTPS");
        await always.CheckAsync();
        await LivePage.UntilAsync(async () => (await page.APIRequest.GetAsync(panel.Address + "/", new() { MaxRedirects = 0 })).Status == 307, "HTTP leads on");

        await page.GotoAsync(panel.Address + "/library");
        await page.WaitForURLAsync(panel.SecureAddress + "/library");
    }

    private static Task<PanelProcess> StartAsync() =>
        PanelProcess.StartWithHttpsAsync(Token, "--Camera:Width=640", "--Camera:Height=360");

    private async Task<IBrowserContext> NewContextAsync(int width, int height)
    {
        var browser = await chromium.BrowserAsync(Token);
        var context = await browser.NewContextAsync(
            new() { Locale = "en-GB", IgnoreHTTPSErrors = true, AcceptDownloads = true, ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout(60_000);
        return context;
    }
}

using Microsoft.Playwright;
using PiCam.Core.Boards;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The status page of a Raspberry Pi in trouble, in a real browser.</summary>
[Collection(BrowserLane.Two)]
public sealed class StatusPageTests(ApiHost host, ChromiumFixture chromium) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, 900, "dark", "en-GB", "Restart", "Shut down")]
    [InlineData(390, 844, "light", "zh-CN", "重新启动", "关机")]
    public async Task Status_PiWithAWeakSupply_WarnsAndRestartsAfterAQuestion(
        int width, int height, string theme, string locale, string restart, string shutDown)
    {
        host.Board.Health = host.Board.Health with
        {
            Temperature = 82.4,
            Power = PowerFlags.UnderVoltage | PowerFlags.UnderVoltageOccurred | PowerFlags.Throttled | PowerFlags.ThrottledOccurred,
            ProcessorUse = 0.34,
            Load = 1.7,
            Memory = new Space(3_980_000_000, 2_100_000_000),
            Disk = new Space(31_200_000_000, 1_900_000_000),
            Uptime = TimeSpan.FromHours(77),
        };
        await Eventually.TrueAsync(() => host.BoardMonitor.Health.Temperature == 82.4, "the board is read", Token);
        host.Power.Done.Clear();
        var browser = await chromium.BrowserAsync(Token);
        await using var context = await browser.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height } });
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = host.Address.ToString() }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/status").ToString());
        await page.Locator("#user-name").FillAsync("ana");
        await page.Locator("#password").FillAsync("a long enough password");
        await page.Locator("button[type=submit]").ClickAsync();

        await page.Locator("[role=alert]", new() { HasText = "4.63 V" }).WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = shutDown, Exact = true }).WaitForAsync();
        await Accessibility.CheckAsync(page, "status");
        await page.GetByRole(AriaRole.Button, new() { Name = restart, Exact = true }).ClickAsync();
        var question = page.Locator("#confirm-Restart");
        await question.WaitForAsync();
        await Accessibility.CheckAsync(page, "status");
        Assert.Empty(host.Power.Done);
        await question.GetByRole(AriaRole.Button, new() { Name = restart, Exact = true }).ClickAsync();

        await Eventually.TrueAsync(() => host.Power.Done.SequenceEqual([BoardAction.Restart]), "the board restarts", Token);
        await question.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}

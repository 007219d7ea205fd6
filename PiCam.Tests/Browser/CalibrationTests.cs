using Microsoft.Playwright;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The calibration page on the simulated gimbal.</summary>
[Collection(BrowserLane.Two)]
public sealed class CalibrationTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Pan_MarkedAndSaved_IsInForceUntilItIsReset()
    {
        var live = await fixture.SignedInAsync();
        var page = live.Page;
        await BeginAsync(page);
        await NudgeAsync(page, "Shorter pulse by 50 µs", 1450);
        await MarkAsync(page, "Shortest");
        await NudgeAsync(page, "Longer pulse by 50 µs", 1500);
        await MarkAsync(page, "Middle");

        // The other end is missing: the person is told, and nothing is lost.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("Longest", new() { Exact = false }).Nth(1).WaitForAsync();
        await NudgeAsync(page, "Longer pulse by 50 µs", 1550);
        await MarkAsync(page, "Longest");
        await page.GetByLabel("Degrees between the ends").FillAsync("40");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await page.GetByText("1450 to 1550 µs").WaitForAsync();
        await live.Gimbal.MoveAsync(new PanTilt(20, 0));
        Assert.Equal(400, await live.Gimbal.TryMoveAsync(new PanTilt(21, 0)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset: Pan" }).ClickAsync();
        await page.GetByText("1450 to 1550 µs").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await live.Gimbal.MoveAsync(new PanTilt(60, 0));
        await live.Gimbal.HomeAsync();
    }

    [Fact]
    public async Task WhileItRuns_OthersAreRefused_UntilThePageIsLeft()
    {
        var live = await fixture.SignedInAsync();
        var other = await fixture.SignedInAsync();
        await BeginAsync(live.Page);
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Longer pulse by 10 µs" }).WaitForAsync();
        Assert.Equal(409, await other.Gimbal.TryMoveAsync(new PanTilt(5, 0)));
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Home", Exact = true }).ClickAsync();
        await other.Page.GetByText("ana is calibrating the gimbal.").WaitForAsync();

        await live.Page.CloseAsync();

        await LivePage.UntilAsync(async () => await other.Gimbal.TryMoveAsync(new PanTilt(5, 0)) == 200, "others may aim");
        await other.Gimbal.HomeAsync();
    }

    private static async Task BeginAsync(IPage page)
    {
        await page.Locator("nav a[href='/status']").ClickAsync();
        await page.Locator("a[href='/calibration']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Calibrate: Pan" }).ClickAsync();
    }

    /// <summary>Steps until the pulse is about that.</summary>
    private static async Task NudgeAsync(IPage page, string step, int microseconds)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = step }).ClickAsync();
        await page.Locator(".pulse b", new() { HasText = $"{microseconds}" }).WaitForAsync();
    }

    private static Task MarkAsync(IPage page, string mark) => page.Locator("button.mark", new() { HasText = mark }).ClickAsync();
}

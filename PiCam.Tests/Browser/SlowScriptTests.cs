using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Who leaves the live page before its scripts have come finds the next page whole.</summary>
[Collection(BrowserLane.Two)]
public sealed class SlowScriptTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData("GimbalPad")]
    [InlineData("PictureView")]
    [InlineData("PictureTools")]
    [InlineData("LiveImage")]
    [InlineData("ControlSlider")]
    [InlineData("remembered")]
    public async Task LivePage_LeftBeforeItsScriptHasCome_TheNextPageIsWhole(string script)
    {
        var page = await fixture.NewPageAsync(1280, 800);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync($"**/{script}*.js", async route =>
        {
            asked.TrySetResult(route.Request.Url);
            await left.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(fixture.Panel.Address);
        await page.GetByLabel("User name").FillAsync(LivePanelFixture.Name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(LivePanelFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        var address = await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await page.GetByRole(AriaRole.Link, new() { Name = "Status" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Status", Exact = true }).WaitForAsync();
        left.SetResult();

        // The browser has told the server of its module before it takes this click, and the server answers in that order.
        await page.EvaluateAsync("address => import(address)", address);
        await page.GetByLabel("Use the light theme").ClickAsync();
        await page.GetByLabel("Use the dark theme").WaitForAsync();
        await page.GetByLabel("Use the dark theme").ClickAsync();
        await page.GetByLabel("Use the light theme").WaitForAsync();
        Assert.Equal(0, await page.Locator("main .failed").CountAsync());
        Assert.True(await page.GetByRole(AriaRole.Heading, new() { Name = "Status", Exact = true }).IsVisibleAsync());
    }
}

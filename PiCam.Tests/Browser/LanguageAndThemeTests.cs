using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Language and theme: the browser's language first, one's own choice afterwards, before sign-in and behind it.</summary>
[Collection(BrowserLane.Two)]
public sealed class LanguageAndThemeTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task LivePage_Switched_Stays(int width, int height)
    {
        var live = await fixture.SignedInAsync(width, height);
        if (width < 480)
        {
            // Beside five pages there is no room for it.
            await live.Page.Locator(".who").ClickAsync();
        }

        await live.Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await live.Page.GetByLabel("使用浅色主题").ClickAsync();
        await live.Page.GetByLabel("使用深色主题").WaitForAsync();
        await live.Page.ReloadAsync();
        await live.Page.GetByLabel("使用深色主题").WaitForAsync();

        Assert.Equal(("light", "zh-Hans"), await ChosenAsync(live.Page));
    }

    [Fact]
    public async Task LivePage_SwitchedBeforeItsScriptIsThere_Switches()
    {
        var live = await fixture.SignedInAsync();
        var clicked = new TaskCompletionSource();
        await live.Page.RouteAsync("**/theme*.js", async route =>
        {
            await clicked.Task;
            await route.ContinueAsync();
        });
        await live.Page.ReloadAsync();
        await live.Page.GetByLabel("Use the light theme").ClickAsync();
        await live.Page.GetByLabel("Use the dark theme").WaitForAsync();
        clicked.SetResult();

        await live.Page.WaitForFunctionAsync("() => document.documentElement.dataset.theme === 'light' && document.cookie.includes('picam-theme=light')");
    }

    [Fact]
    public async Task SignInPage_ChineseBrowser_IsChineseAndAChoiceMadeThereHoldsBehindIt()
    {
        var page = await fixture.NewPageAsync(390, 844, locale: "zh-CN");
        await page.GotoAsync(fixture.Panel.Address);
        await page.GetByRole(AriaRole.Heading, new() { Name = "登录" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "浅色主题" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "深色主题" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        Assert.Equal(("light", "en"), await ChosenAsync(page));

        await new LivePage(page).SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);

        Assert.Equal(("light", "en"), await ChosenAsync(page));
        await page.GetByLabel("Use the dark theme").WaitForAsync();
    }

    private static async Task<(string Theme, string Language)> ChosenAsync(IPage page) => (
        await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"),
        await page.EvaluateAsync<string>("() => document.documentElement.lang"));
}

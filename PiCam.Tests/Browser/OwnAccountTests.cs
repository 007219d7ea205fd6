using Microsoft.Playwright;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>One's own account: an authenticator app, and the browsers where one is signed in.</summary>
[Collection(BrowserLane.Two)]
public sealed class OwnAccountTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private const string Password = LivePanelFixture.Password;

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task AuthenticatorApp_SetUp_IsAskedForAtSignIn()
    {
        await fixture.Panel.AddPersonAsync("tom", LivePanelFixture.Password, Role.Viewer);
        var live = new LivePage(await fixture.NewPageAsync(1280, 800));
        var account = new AccountPages(live.Page, fixture.Panel.Address);
        await account.OpenAsync("/account", "tom", Password);
        var (key, recovery) = await account.TurnOnTwoFactorAsync();
        Assert.Equal(10, recovery.Distinct().Count());
        await Accessibility.CheckAsync(live.Page, "account, recovery codes");
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await live.Page.GetByText("10 recovery codes are left").WaitForAsync();

        // By the next code, since each is good once; a wrong one is refused.
        await account.SignOutAsync();
        await live.SignInOnlyAsync("tom", Password);
        await live.Page.GetByLabel("Code").FillAsync(Totp.Code(key, 20));
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await live.Page.Locator("#error").WaitForAsync();
        await live.Page.GetByLabel("Code").FillAsync(Totp.Code(key, 1));
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await live.PictureAsync();
        await live.MovesAsync();

        // And by a recovery code.
        await account.SignOutAsync();
        await live.SignInOnlyAsync("tom", Password);
        await live.Page.GetByLabel("Code").FillAsync(recovery[0]);
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await live.PictureAsync();
        await live.Page.GotoAsync(fixture.Panel.Address + "/account");
        await live.Page.GetByText("9 recovery codes are left").WaitForAsync();
    }

    [Fact]
    public async Task OtherBrowser_SignedOutOnTheAccountPage_IsAtTheSignInPage()
    {
        await fixture.Panel.AddPersonAsync("sam", LivePanelFixture.Password, Role.Viewer);
        var other = new LivePage(await fixture.NewPageAsync(1280, 800));
        await other.Page.GotoAsync(fixture.Panel.Address);
        await other.SignInAsync("sam", Password);
        var page = await fixture.NewPageAsync(390, 844);
        var account = new AccountPages(page, fixture.Panel.Address);
        await account.OpenAsync("/account", "sam", Password);
        var sessions = account.Card("sessions-title");
        await sessions.GetByText("this browser").WaitForAsync();

        await sessions.Locator(".entry-line button").ClickAsync();

        await other.Page.WaitForURLAsync("**/sign-in*");
        await sessions.Locator(".entry-line button").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(1, await sessions.Locator(".entry-line").CountAsync());
    }

    [Fact]
    public async Task Passkeys_PageUnderAnAddress_SaysWhyNot()
    {
        var page = await fixture.NewPageAsync(390, 844);
        await page.GotoAsync(fixture.Panel.Address);
        Assert.True(await page.Locator("#passkey").IsHiddenAsync());
        var account = new AccountPages(page, fixture.Panel.Address);
        await account.OpenAsync("/account", LivePanelFixture.Name, Password);

        await account.Card("passkeys-title").GetByText("a passkey belongs to a name").WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).CountAsync());
    }
}

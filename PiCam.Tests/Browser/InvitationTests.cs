using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Somebody who is invited, and what becomes of them: two browsers side by side.</summary>
[Collection(BrowserLane.One)]
public sealed class InvitationTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Invited_OpenPage_FollowsTheirRoleAndIsOutWhenDisabled()
    {
        var ana = (await fixture.SignedInAsync()).Page;
        await ana.GetByRole(AriaRole.Button, new() { Name = "ana" }).ClickAsync();
        await ana.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        var link = await new AccountPages(ana, fixture.Panel.Address).InviteAsync("vera");

        // The invited one makes an account and watches, and that is all.
        var vera = new LivePage(await fixture.NewPageAsync(1280, 800));
        await vera.Page.GotoAsync(link);
        Assert.Equal("vera", await vera.Page.GetByLabel("User name").InputValueAsync());
        await vera.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("four words of vera");
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await vera.PictureAsync();
        await vera.MovesAsync();
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "vera" }).WaitForAsync();
        await AssertControlsAsync(vera, there: false);

        // Promoted and demoted while the page is open. The list shows who has come, by itself.
        var entry = ana.Locator("details.entry", new() { HasText = "vera" });
        await entry.Locator("summary").ClickAsync();
        await ana.GetByLabel("Role of vera").SelectOptionAsync("Operator");
        await vera.Page.GetByLabel("Joystick").WaitForAsync();
        await vera.Slider("Shutter").WaitForAsync();
        await vera.PictureAsync();
        await vera.MovesAsync();

        await ana.GetByLabel("Role of vera").SelectOptionAsync("Viewer");
        await vera.Page.GetByLabel("Joystick").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await vera.PictureAsync();
        await vera.MovesAsync();
        await AssertControlsAsync(vera, there: false);

        // Disabled: out, and not in again.
        await entry.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await vera.Page.WaitForURLAsync("**/sign-in*");
        await vera.SignInOnlyAsync("vera", "four words of vera");
        await vera.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        Assert.EndsWith("/sign-in", vera.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_Used_IsOver()
    {
        var page = await fixture.NewPageAsync(1280, 800);
        var people = new AccountPages(page, fixture.Panel.Address);
        await people.OpenAsync("/people", LivePanelFixture.Name, LivePanelFixture.Password);
        var link = await people.InviteAsync("otto");
        var otto = new LivePage(await fixture.NewPageAsync(390, 844));
        await otto.Page.GotoAsync(link);
        await otto.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("four words of otto");
        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await otto.PictureAsync();

        var another = await fixture.NewPageAsync(390, 844);
        await another.GotoAsync(link);

        await another.GetByText("This link is used, revoked or too old.").WaitForAsync();
        Assert.Equal(0, await another.GetByLabel("User name").CountAsync());
        await Accessibility.CheckAsync(another, "an invitation that is over");
    }

    private static async Task AssertControlsAsync(LivePage page, bool there)
    {
        Assert.Equal(there, await page.Page.GetByLabel("Joystick").CountAsync() > 0);
        Assert.Equal(there, await page.Page.GetByRole(AriaRole.Slider).CountAsync() > 0);
    }
}

using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Somebody with a guest link, on a phone.</summary>
[Collection(BrowserLane.One)]
public sealed class GuestTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Guest_SeesThePictureAndNothingElse_UntilTheLinkIsRevoked()
    {
        var ana = await fixture.NewPageAsync(1280, 800);
        var people = new AccountPages(ana, fixture.Panel.Address);
        await people.OpenAsync("/people", LivePanelFixture.Name, LivePanelFixture.Password);
        var link = await people.MakeGuestLinkAsync("Grandma");

        var guest = new LivePage(await fixture.NewPageAsync(390, 844));
        await guest.Page.GotoAsync(link);
        await guest.Page.GetByText("ana invites you to watch this camera.").WaitForAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Watch now" }).ClickAsync();
        await guest.PictureAsync();
        await guest.MovesAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Grandma" }).WaitForAsync();
        Assert.Equal(0, await guest.Page.Locator("nav a").CountAsync());
        Assert.Equal(0, await guest.Page.GetByRole(AriaRole.Slider).CountAsync());
        await Accessibility.CheckAsync(guest.Page, "live, as a guest");

        await guest.Page.SetViewportSizeAsync(1280, 800);
        var panel = guest.Page.GetByRole(AriaRole.Combobox, new() { Name = "Sent as" });
        Assert.False(await panel.IsVisibleAsync());
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Picture settings" }).ClickAsync();
        await panel.WaitForAsync();
        await guest.Page.SetViewportSizeAsync(390, 844);

        var refused = await guest.Page.GotoAsync(fixture.Panel.Address + "/library");
        Assert.Equal(403, refused!.Status);
        await guest.Page.GetByText("Your role does not allow this.").WaitForAsync();
        await Accessibility.CheckAsync(guest.Page, "library, as a guest");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "To the camera" }).ClickAsync();
        await guest.PictureAsync();

        await ana.GetByRole(AriaRole.Button, new() { Name = "Revoke Grandma" }).ClickAsync();
        await guest.Page.WaitForURLAsync("**/guest");
        await guest.Page.GetByText("This link is used, revoked or too old.").WaitForAsync();
        await guest.Page.GotoAsync(link);
        await guest.Page.GetByText("This link is used, revoked or too old.").WaitForAsync();
    }
}

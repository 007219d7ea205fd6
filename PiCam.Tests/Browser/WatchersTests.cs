using Microsoft.Playwright;
using PiCam.Core.Access;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>People on the page see who else is there, and who moves the gimbal.</summary>
[Collection(BrowserLane.Two)]
public sealed class WatchersTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task AnotherPerson_ComesAimsAndGoes_IsNamed()
    {
        await fixture.Panel.AddPersonAsync("bo", "a password of bo k7", Role.Operator);
        var ana = await fixture.SignedInAsync();
        await ana.Page.GetByLabel("Watching now: 1").ClickAsync();
        var names = ana.Page.Locator("#watchers li");
        await LivePage.UntilAsync(async () => await names.CountAsync() == 1, "ana sees herself");

        var page = await fixture.NewPageAsync(1280, 800);
        await using (page.Context)
        {
            await page.GotoAsync(fixture.Panel.Address);
            var bo = new LivePage(page);
            await bo.SignInAsync("bo", "a password of bo k7");
            await ana.Page.Locator("#watchers").GetByText("bo", new() { Exact = true }).WaitForAsync();
            var second = await page.Context.NewPageAsync();
            await second.GotoAsync(fixture.Panel.Address);
            await ana.Page.Locator("#watchers").GetByText("× 2").WaitForAsync();
            await ana.Page.GetByLabel("Watching now: 2").WaitForAsync();

            await page.BringToFrontAsync();
            await page.GetByLabel("Joystick").FocusAsync();
            await page.Keyboard.DownAsync("ArrowLeft");
            await ana.Page.GetByText("bo is aiming").WaitForAsync();
            Assert.Equal(0, await page.GetByText("is aiming").CountAsync());
            await second.GetByText("You are aiming from elsewhere").WaitForAsync();
            await page.Keyboard.UpAsync("ArrowLeft");
            await page.Keyboard.PressAsync("Home");
        }

        await ana.Page.GetByLabel("Watching now: 1").WaitForAsync();
        await ana.Page.GetByText("bo is aiming").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}

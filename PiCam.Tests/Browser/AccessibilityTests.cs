using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Axe finds nothing serious on any page, whatever is open on it, and no page is wider than its screen.</summary>
[Collection(BrowserLane.One)]
public sealed class AccessibilityTests(LivePanelFixture fixture, ChromiumFixture chromium) : IClassFixture<LivePanelFixture>, IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [MemberData(nameof(Screens.All), MemberType = typeof(Screens))]
    public async Task EveryPage_IsAccessibleAndNoWiderThanTheScreen(int width, int height, string theme, string locale)
    {
        var page = await fixture.NewPageAsync(width, height, theme, locale);
        await page.GotoAsync(fixture.Panel.Address);
        await Accessibility.CheckAsync(page, "sign-in");
        await page.GotoAsync(fixture.Panel.Address + "/problem/500");
        await Accessibility.CheckAsync(page, "error");
        await page.GotoAsync(fixture.Panel.Address);
        await page.Locator("#user-name").FillAsync(LivePanelFixture.Name);
        await page.Locator("#password").FillAsync(LivePanelFixture.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await new LivePage(page).PictureAsync();
        await Accessibility.CheckAsync(page, "live");

        await page.Locator("[popovertarget=watchers]").ClickAsync();
        await page.Locator("#watchers:popover-open").WaitForAsync();
        await Accessibility.CheckAsync(page, "live, watchers open");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.Locator("#key-help:popover-open").WaitForAsync();
        await Accessibility.CheckAsync(page, "live, keys open");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("v");
        await page.Locator("#presets:popover-open").WaitForAsync();
        await Accessibility.CheckAsync(page, "live, presets open");
        await page.Keyboard.PressAsync("Escape");
        foreach (var key in "hzfge")
        {
            await page.Keyboard.PressAsync(key.ToString());
        }

        await page.Locator(".words").WaitForAsync();
        await page.Locator(".tools > .root > [popovertarget=instrument-menu]").ClickAsync();
        await page.Locator("#instrument-menu:popover-open").WaitForAsync();
        await Accessibility.CheckAsync(page, "live, all instruments on");
        await page.Keyboard.PressAsync("Escape");
        var open = await page.Locator(".panel").IsVisibleAsync();
        await page.Keyboard.PressAsync("p");
        await LivePage.UntilAsync(async () => await page.Locator(".panel").IsVisibleAsync() != open, "the settings open or close");
        await Accessibility.CheckAsync(page, open ? "live, settings closed" : "live, settings open");

        await page.Locator("nav a[href='/library']").ClickAsync();
        await page.Locator(".library .empty").WaitForAsync();
        await Accessibility.CheckAsync(page, "library, empty");

        await page.Locator("nav a[href='/timelapse']").ClickAsync();
        await page.Locator("form.card").WaitForAsync();
        await Accessibility.CheckAsync(page, "time-lapse");

        await page.Locator("nav a[href='/schedule']").ClickAsync();
        await page.Locator(".entries .none").WaitForAsync();
        await page.Locator(".sheet header button").ClickAsync();
        await page.Locator(".entries form").WaitForAsync();
        await Accessibility.CheckAsync(page, "schedule, new entry");

        await page.Locator("nav a[href='/status']").ClickAsync();
        await page.Locator(".card [role=meter]").First.WaitForAsync();
        await Accessibility.CheckAsync(page, "status");

        await page.Locator("a[href='/calibration']").ClickAsync();
        await page.Locator(".cards .card").First.WaitForAsync();
        await Accessibility.CheckAsync(page, "calibration");
        await page.Locator(".cards .card .actions button").First.ClickAsync();
        await page.Locator(".nudge").First.WaitForAsync();
        await Accessibility.CheckAsync(page, "calibration under way");

        await page.GotoAsync(fixture.Panel.Address + "/nowhere");
        await page.Locator(".nowhere h1").WaitForAsync();
        await Accessibility.CheckAsync(page, "not found");
    }

    [Theory]
    [MemberData(nameof(Screens.All), MemberType = typeof(Screens))]
    public async Task PagesAboutPeople_AreAccessibleAndNoWiderThanTheScreen(int width, int height, string theme, string locale)
    {
        var address = fixture.Panel.Address;
        var page = await fixture.NewPageAsync(width, height, theme, locale);
        var pages = new AccountPages(page, address);
        await pages.OpenAsync("/people", LivePanelFixture.Name, LivePanelFixture.Password);
        var invitation = await pages.InviteAsync("Somebody with a rather long name, and a QR code");
        var guest = await pages.MakeGuestLinkAsync("Grandma");
        await page.Locator("details.entry summary").First.ClickAsync();
        await page.Locator("details.more summary").ClickAsync();
        await Accessibility.CheckAsync(page, "people");
        await page.GotoAsync(address + "/audit");
        await page.Locator("table, .entries, ol, ul").First.WaitForAsync();
        await Accessibility.CheckAsync(page, "activity log");
        await page.GotoAsync(address + "/settings");
        await page.Locator("#settings-backup").WaitForAsync();
        await Accessibility.CheckAsync(page, "settings");
        await page.GotoAsync(address + "/account");
        await pages.Card("passkeys-title").Locator(".note").WaitForAsync();
        await Accessibility.CheckAsync(page, "account");

        // What is asked of somebody who is not signed in.
        var person = $"axe-{width}-{theme}-{locale}";
        await fixture.Panel.AddPersonAsync(person, LivePanelFixture.Password, Role.Viewer);
        page = await fixture.NewPageAsync(width, height, theme, locale);
        pages = new AccountPages(page, address);
        foreach (var (link, what) in new[] { (invitation, "invitation"), (guest, "guest link"), (address + "/certificate", "certificate") })
        {
            await page.GotoAsync(link);
            await Accessibility.CheckAsync(page, what);
        }

        await pages.OpenAsync("/account", person, LivePanelFixture.Password);
        await pages.TurnOnTwoFactorAsync();
        await Accessibility.CheckAsync(page, "account, recovery codes");
        await pages.SignOutAsync();
        await page.Locator("#user-name").FillAsync(person);
        await page.Locator("#password").FillAsync(LivePanelFixture.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("#code").WaitForAsync();
        await Accessibility.CheckAsync(page, "sign-in, code");
    }

    [Theory]
    [InlineData(1440, 900, "dark", "en-GB")]
    [InlineData(390, 844, "light", "zh-CN")]
    public async Task Setup_IsAccessibleAndNoWiderThanTheScreen(int width, int height, string theme, string locale)
    {
        await using var panel = await PanelProcess.StartAsync(TestContext.Current.CancellationToken);
        var browser = await chromium.BrowserAsync(TestContext.Current.CancellationToken);
        await using var context = await browser.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height } });
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = panel.Address }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(panel.Address);
        await Accessibility.CheckAsync(page, "set-up");
    }
}

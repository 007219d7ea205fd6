using Microsoft.Playwright;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Browser;

/// <summary>The pages about people and one's own account, by what is on them in every language.</summary>
internal sealed class AccountPages(IPage page, string address)
{
    private ILocator TwoFactor => Card("two-factor-title");

    /// <summary>A card, by the id of its heading.</summary>
    public ILocator Card(string title) => page.Locator($"section[aria-labelledby={title}]");

    /// <summary>Opens a page; signs in first if the panel asks for it.</summary>
    public async Task OpenAsync(string path, string name, string password)
    {
        await page.GotoAsync(address + path);
        await page.Locator("#user-name").FillAsync(name);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".sheet h1").WaitForAsync();
    }

    /// <summary>Makes an invitation on the page of people; its address.</summary>
    public Task<string> InviteAsync(string name) => MakeLinkAsync("invitations-title", name);

    /// <summary>Makes a guest link on the page of people; its address.</summary>
    public Task<string> MakeGuestLinkAsync(string name) => MakeLinkAsync("guests-title", name);

    /// <summary>Signs out by the menu at the top.</summary>
    public async Task SignOutAsync()
    {
        await page.Locator("button.who").ClickAsync();
        await page.Locator("#account form button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in*", new() { WaitUntil = WaitUntilState.Commit });

        // The page that is left may ask for its address anew first, and then signing in would lead back to it.
        await page.GotoAsync(address + "/sign-in");
    }

    /// <summary>Sets an authenticator app up on the account page; its key, and the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Recovery)> TurnOnTwoFactorAsync()
    {
        await TwoFactor.Locator(".actions button").ClickAsync();
        var key = (await TwoFactor.Locator(".key code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await TwoFactor.Locator("input.digits").FillAsync(Totp.Code(key, 0));
        await TwoFactor.Locator("button[type=submit]").ClickAsync();
        await TwoFactor.Locator(".recovery code").First.WaitForAsync();
        return (key, await TwoFactor.Locator(".recovery code").AllInnerTextsAsync());
    }

    private async Task<string> MakeLinkAsync(string title, string name)
    {
        await Card(title).Locator("form input").First.FillAsync(name);
        await Card(title).Locator("button[type=submit]").ClickAsync();
        return await Card(title).Locator(".once input").InputValueAsync();
    }
}

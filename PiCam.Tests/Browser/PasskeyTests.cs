using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Passkeys, with an authenticator that the browser plays, in a browser that trusts the panel: others refuse it passkeys.</summary>
[Collection(BrowserLane.Two)]
public sealed class PasskeyTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passkey_AddedOnTheAccountPage_SignsIn()
    {
        await using var panel = await PanelProcess.StartWithHttpsAsync(Token, "--Camera:Width=640", "--Camera:Height=360");
        await using var browser = await chromium.StartAsync(
            Token, "--ignore-certificate-errors-spki-list=" + await KeyHashAsync(new Uri(panel.SecureAddress!)));
        var live = new LivePage(await browser.NewPageAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } }));
        var address = $"https://localhost:{new Uri(panel.SecureAddress!).Port}";
        var page = live.Page;
        page.SetDefaultTimeout(60_000);
        await PlayAuthenticatorAsync(page);
        await page.GotoAsync(address);
        await live.SetUpAsync(await panel.SetupCodeAsync(Token), LivePanelFixture.Name, LivePanelFixture.Password);

        await page.GotoAsync(address + "/account");
        await page.GetByLabel("What to call it").FillAsync("Test key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Test key" }).WaitForAsync();

        await new AccountPages(page, address).SignOutAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await live.PictureAsync();
        await live.MovesAsync();

        // Removed: it opens nothing any more, and the page says so.
        await page.GotoAsync(address + "/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Test key" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Test key" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await new AccountPages(page, address).SignOutAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.Locator("#passkey-error").WaitForAsync();
    }

    private static async Task PlayAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    /// <summary>What Chromium knows a certificate by that it is to trust.</summary>
    private static async Task<string> KeyHashAsync(Uri address)
    {
        using var client = new SecureClient(address, authority: null);
        using var answer = await client.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Token);
        using var certificate = new X509Certificate2(client.Shown!);
        return Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}

using Microsoft.Playwright;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>
/// One running panel with one Administrator, for tests that leave it as they found it. Every test closes its pages
/// (<see cref="ClosePagesAsync"/>): an open page goes on watching, and a dozen of them would starve the next test on a small machine.
/// </summary>
public sealed class LivePanelFixture(ChromiumFixture chromium) : IAsyncLifetime
{
    public const string Name = "ana";
    public const string Password = "correct horse battery";

    private readonly OpenContexts contexts = new();
    private PanelProcess? panel;

    internal PanelProcess Panel => panel ?? throw new InvalidOperationException("The panel has not started.");

    public async ValueTask InitializeAsync()
    {
        // A small picture: what these tests look at does not depend on its size, and a slow machine keeps up with it.
        panel = await PanelProcess.StartAsync(CancellationToken.None, "--Camera:Width=640", "--Camera:Height=360");
        var page = await NewPageAsync(1280, 800);
        await page.GotoAsync(panel.Address);
        try
        {
            await new LivePage(page).SetUpAsync(await panel.SetupCodeAsync(CancellationToken.None), Name, Password);
        }
        catch (TimeoutException unset)
        {
            throw new TimeoutException($"{unset.Message}\nThe panel said:\n{string.Join('\n', panel.Output)}", unset);
        }

        // Nor on how often it changes, which costs panel and browser most of their time; what measures rates has a panel of its own.
        await LivePage.SendAsync(page, "PATCH", "/api/camera/controls", new { frameRate = 10 });
        await ClosePagesAsync();
    }

    /// <summary>Closes every page that was opened so far.</summary>
    public ValueTask ClosePagesAsync() => contexts.CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await ClosePagesAsync();
        if (panel is not null)
        {
            await panel.DisposeAsync();
        }
    }

    /// <summary>A page in a browser context of its own, not signed in.</summary>
    internal async Task<IPage> NewPageAsync(int width, int height, string theme = "dark", string locale = "en-GB")
    {
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        var context = await browser.NewContextAsync(
            new() { Locale = locale, ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 600 });
        contexts.Add(context);
        context.SetDefaultTimeout(60_000);

        // How the pictures travel must not depend on how busy the machine is that the tests run on.
        await context.AddInitScriptAsync("localStorage.getItem('picam-transport') ?? localStorage.setItem('picam-transport', 'Base64');");
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = Panel.Address }]);
        return await context.NewPageAsync();
    }

    /// <summary>The live page, signed in; through <paramref name="proxy"/> if given.</summary>
    internal async Task<LivePage> SignedInAsync(
        int width = 1280, int height = 800, string theme = "dark", TcpProxy? proxy = null)
    {
        var page = await NewPageAsync(width, height, theme);
        await page.GotoAsync(proxy is null ? Panel.Address : $"http://{proxy.Endpoint}/");
        var live = new LivePage(page);
        await live.SignInAsync(Name, Password);
        if (contexts.Count == 1)
        {
            // A test begins. Elsewhere the scene stands still, and an aim may outlast the page that it was asked for on.
            await new PanelGimbal(page).HomeAsync();
        }

        return live;
    }
}

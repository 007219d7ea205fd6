using Microsoft.Playwright;
using PiCam.Tests.Browser;
using Xunit;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace PiCam.Tests.Browser;

/// <summary>One Chromium, Debian's, for all browser tests of a run; each test opens contexts of its own. Started when first asked for.</summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",

        // Pages of the browser's own, made for the address bar of every window: a fifth of all that it costs. What follows is switched off by
        // Playwright, too; the last list counts.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,MediaRouter,OptimizationHints,Translate,PaintHolding",
    ];

    private readonly SemaphoreSlim turn = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowser> BrowserAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return browser ??= await LaunchAsync([]);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A Chromium of the test's own, for what can be said only when it starts; the test closes it.</summary>
    public async Task<IBrowser> StartAsync(CancellationToken cancellationToken, params string[] switches)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await LaunchAsync(switches);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        turn.Dispose();
    }

    private async Task<IBrowser> LaunchAsync(string[] switches)
    {
        playwright ??= await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PATH")?.Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException("Chromium is needed, and there is no program chromium in PATH."),
            Headless = true,
            Args = [.. Quiet, .. switches],
        });
    }
}

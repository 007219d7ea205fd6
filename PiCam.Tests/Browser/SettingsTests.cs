using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The settings page as its owner uses it, on a panel of its own, which it restarts.</summary>
[Collection(BrowserLane.Two)]
public sealed class SettingsTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly OpenContexts contexts = new();
    private PanelProcess? panel;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PanelProcess Panel => panel!;

    public async ValueTask InitializeAsync()
    {
        panel = await PanelProcess.StartAsync(Token, "--Camera:Width=640", "--Camera:Height=360");
        await panel.AddOwnerAsync("ana", Password, Token);
        await panel.AddPersonAsync("otto", Password, Role.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        await contexts.CloseAsync();
        await Panel.DisposeAsync();
    }

    [Fact]
    public async Task Owner_ChangesNameAndDriverRestartsAndRestoresABackup()
    {
        using var folder = new TemporaryFolder();
        var context = await NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await SignInAsync(context, "ana");
        await page.GetByLabel("The camera's name").FillAsync("Porch");
        await page.GetByLabel("The camera's name").PressAsync("Tab");
        await page.GetByText("Porch", new() { Exact = true }).First.WaitForAsync();
        Assert.True(await page.GetByLabel("Width", new() { Exact = true }).IsDisabledAsync());

        // A backup of how it was; who presses twice gets one.
        await page.GetByLabel("Passphrase").FillAsync("a passphrase");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download a backup" }).DblClickAsync());
        Assert.Matches(@"^picam-Porch-\d{4}-\d\d-\d\d\.picam$", download.SuggestedFilename);
        await download.SaveAsAsync(folder["porch.picam"]);

        // Another driver, and another name.
        await page.GetByLabel("The camera's name").FillAsync("Shed");
        await page.GetByLabel("The camera's name").PressAsync("Tab");
        await Driver(page).SelectOptionAsync("none");
        await page.GetByLabel("I²C bus").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Locator("form[aria-labelledby=settings-gimbal] button[type=submit]").ClickAsync();
        var restart = page.GetByRole(AriaRole.Button, new() { Name = "Restart PiCam" });
        await restart.WaitForAsync();

        // While it fades in and out, a message has less contrast than it is read with.
        await page.Locator(".mud-snackbar").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Accessibility.CheckAsync(page, "settings, a restart is due");
        await page.EvaluateAsync("() => { window.before = true; }");
        await restart.ClickAsync();
        await ComesBackAsync(page);
        Assert.Equal("none", await Driver(page).InputValueAsync());
        Assert.Equal(0, await restart.CountAsync());
        Assert.Null((await StatusAsync(page))["gimbal"]);

        await using (var database = new SqliteConnection($"Data Source={Path.Combine(Panel.DataFolder, "picam.db")}"))
        {
            await database.OpenAsync(Token);
            await using var command = database.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM AuditRows WHERE Action = 'BackedUp'";
            Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
        }

        // And back.
        await page.GetByLabel("Passphrase").FillAsync("a passphrase");
        await page.Locator("input[type=file]").SetInputFilesAsync(folder["porch.picam"]);
        var preview = page.Locator(".preview");
        await preview.GetByText("Driver: none → auto").WaitForAsync();
        await preview.GetByText("camera name").WaitForAsync();
        await preview.GetByText("ana, otto").WaitForAsync();
        await Accessibility.CheckAsync(page, "settings, a backup to restore");
        await page.EvaluateAsync("() => { window.before = true; }");
        await preview.GetByRole(AriaRole.Button, new() { Name = "Restore and restart" }).ClickAsync();

        // The people came back as they were then, and with them nobody who is signed in.
        await page.Locator("#user-name").WaitForAsync();
        await SignInAsync(page, "ana");
        await ComesBackAsync(page);
        Assert.Equal("Porch", await page.GetByLabel("The camera's name").InputValueAsync());
        Assert.NotNull((await StatusAsync(page))["gimbal"]);
    }

    [Fact]
    public async Task Backup_WithAPassphraseLongAfterSignIn_AsksForThePasswordFirst()
    {
        var context = await NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await SignInAsync(context, "ana");

        // As if that had been long ago.
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(Panel.DataFolder, "picam.db")}"))
        {
            await database.OpenAsync(Token);
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE UserSessions SET ConfirmedAt = '2020-01-01 00:00:00+00:00'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        }

        await page.GetByLabel("Passphrase").FillAsync("a passphrase");
        await page.GetByRole(AriaRole.Button, new() { Name = "Download a backup" }).ClickAsync();
        await page.GetByLabel("Present password").FillAsync("a wrong password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.GetByText("The present password is wrong.").WaitForAsync();
        await page.Locator(".mud-snackbar").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Accessibility.CheckAsync(page, "settings, the password is asked for");

        await page.GetByLabel("Present password").FillAsync(Password);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync());

        Assert.EndsWith(".picam", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(0, await page.GetByLabel("Present password").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Screens.All), MemberType = typeof(Screens))]
    public async Task Settings_AreAccessibleAndNoWiderThanTheScreen(int width, int height, string theme, string locale)
    {
        var context = await NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height } });
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = Panel.Address }]);
        var page = await SignInAsync(context, "ana");
        await page.Locator("#settings-backup").WaitForAsync();
        await page.Locator("nav a[href='/settings']").WaitForAsync();
        await Accessibility.CheckAsync(page, "settings");

        // The bar scrolls nowhere: all of it is there.
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelector('.bar').scrollWidth - innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.bar nav a, .bar .who')].every(e => { const r = e.getBoundingClientRect(); return r.width >= 44 && r.left >= 0 && r.right <= innerWidth; })"));
    }

    [Fact]
    public async Task Operator_SeesNoSettings()
    {
        var context = await NewContextAsync(new() { Locale = "en-GB" });
        var page = await SignInAsync(context, "otto");

        await page.GetByText("This needs the role Administrator.").WaitForAsync();

        Assert.Equal(0, await page.Locator("form.card").CountAsync());
        Assert.Equal(0, await page.Locator("nav a[href='/settings']").CountAsync());
    }

    private static ILocator Driver(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Driver", Exact = true });

    private async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        var browser = await chromium.BrowserAsync(Token);
        var context = await browser.NewContextAsync(options);
        contexts.Add(context);
        return context;
    }

    private async Task<IPage> SignInAsync(IBrowserContext context, string name)
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await SignInAsync(page, name);
        return page;
    }

    private async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync(Panel.Address + "/settings");
        await page.Locator("#user-name").FillAsync(name);
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".sheet h1").WaitForAsync();
    }

    /// <summary>Waits until the browser has loaded the page anew, by itself.</summary>
    private static async Task ComesBackAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => !window.before && document.querySelector('#settings-backup')", null, new() { Timeout = 60_000 });
        await page.GetByText("Looking for cameras…").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private static async Task<JsonNode> StatusAsync(IPage page) =>
        JsonNode.Parse(await page.EvaluateAsync<string>("async () => await (await fetch('/api/status')).text()"))!;
}

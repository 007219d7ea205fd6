using System.Net;
using System.Net.Http.Headers;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.CommandLine;

/// <summary>The commands as people run them: processes of their own, on an empty folder and beside a running panel.</summary>
public sealed class CommandLineTests
{
    private const string Password = "sentinel-password-7f3a";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UserAndToken_OnAnEmptyFolder_MakeTheDatabaseAndKeepNoSecretInClear()
    {
        using var folder = new TemporaryFolder();
        var data = folder["data"];
        var added = await PanelProcess.RunAsync(data, Password + "\n", "user", "add", "ana", "--role", "Administrator");
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));

        var token = await AddTokenAsync(data, "doorbell", "Viewer");
        var users = await PanelProcess.RunAsync(data, "", "user", "list");
        var tokens = await PanelProcess.RunAsync(data, "", "token", "list");

        Assert.Contains("ana\tAdministrator", users.Output, StringComparison.Ordinal);
        Assert.Contains("doorbell", tokens.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, tokens.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
        foreach (var file in Directory.GetFiles(data, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token));
            Assert.DoesNotContain(Password, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(token, bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Commands_BesideARunningPanel_TakeEffectAtOnce()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(panel.Address) };
        Assert.Equal("/setup", (await http.GetAsync("/", Token)).Headers.Location?.ToString());

        var added = await PanelProcess.RunAsync(panel.DataFolder, Password + "\n", "user", "add", "ana", "--role", "Administrator");
        Assert.Equal(0, added.ExitCode);
        await EventuallyAsync(async () => (await http.GetAsync("/", Token)).Headers.Location?.ToString() == "/sign-in", "set-up has ended");
        Assert.False(File.Exists(Path.Combine(panel.DataFolder, "setup-code")));

        var token = await AddTokenAsync(panel.DataFolder, "doorbell", "Viewer");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/status", Token)).StatusCode);
        var revoked = await PanelProcess.RunAsync(panel.DataFolder, "", "token", "revoke", "doorbell");
        Assert.Equal(0, revoked.ExitCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/status", Token)).StatusCode);
        Assert.DoesNotContain(panel.Output, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResetPassword_EndsTheOldPasswordAndTheOpenSession()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        await panel.AddOwnerAsync("ana", Password, Token);
        using var browser = new FormClient(new Uri(panel.Address));
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);

        var reset = await PanelProcess.RunAsync(panel.DataFolder, "another-password-1\n", "user", "reset-password", "ana");

        Assert.Equal((0, ""), (reset.ExitCode, reset.Errors));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await browser.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", "another-password-1"));
    }

    [Theory]
    [InlineData("bob", "user", "reset-password", "bob")]
    [InlineData("ana", "user", "add", "ana", "--role", "Viewer")]
    [InlineData("Operator", "user", "add", "otto", "--role", "Boss")]
    [InlineData("8", "user", "add", "otto", "--role", "Viewer", "short\n")]
    [InlineData("nothing", "token", "revoke", "nothing")]
    [InlineData("frobnicate", "frobnicate")]
    public async Task Command_ThatCannotBeDone_FailsWithOneSentenceThatSaysWhy(string named, params string[] command)
    {
        using var folder = new TemporaryFolder();
        await PanelProcess.RunAsync(folder["data"], Password + "\n", "user", "add", "ana", "--role", "Administrator");
        var input = command[^1].EndsWith('\n') ? command[^1] : Password + "\n";

        var failed = await PanelProcess.RunAsync(folder["data"], input, [.. command.Where(c => !c.EndsWith('\n'))]);

        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains(named, failed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failed.Errors + failed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failed.Errors + failed.Output, StringComparison.Ordinal);
    }

    private static async Task<string> AddTokenAsync(string data, string name, string role)
    {
        var added = await PanelProcess.RunAsync(data, "", "token", "add", name, "--role", role);
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        var token = added.Output.TrimEnd('\n').Split('\n')[^1];
        Assert.Matches(@"^picam_[A-Za-z0-9_-]{43}$", token);
        return token;
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition, string what) =>
        Eventually.TrueAsync(condition, what, TimeSpan.FromSeconds(30), Token);
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Security;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

/// <summary>The first run belongs to whoever can see the console or the data folder, and to nobody else.</summary>
public sealed class SetupTests
{
    // Besides static files.
    private static readonly string[] Allowed =
    [
        "/setup", "/certificate", "/certificate/picam-ca.crt", "/healthz", "/readyz", "/language", "/theme", "/problem/{status:int}",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S18_Code_IsHardToGuessPrivateAndOnTheConsole()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        var file = Path.Combine(panel.DataFolder, "setup-code");
        var code = (await File.ReadAllTextAsync(file, Token)).Trim();

        // 26 letters of 5 bits.
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}-[0-9A-HJKMNP-TV-Z]$", code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await Eventually.TrueAsync(
            () => panel.Printed.Contains(code, StringComparison.Ordinal), "the code is on the console", Token);
    }

    [Fact]
    public async Task S18_BeforeSetup_EveryRouteLeadsToIt_AndNothingMoves()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        using var client = panel.CreateClient();
        var keys = EndpointWalk.Keys(panel.Services);
        Assert.Contains("GET /stream.mjpg", keys);
        List<string> open = [];
        foreach (var key in keys.Concat(["GET /nowhere", "POST /nowhere", "PUT /"]).Where(key => !Allowed.Contains(key.Split(' ')[1])))
        {
            using var answer = await EndpointWalk.AskAsync(client, key, body: null, Token);
            var closed = key.Split(' ')[0] is "GET" or "HEAD"
                ? answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location?.ToString() == PublicEndpoints.Setup
                : answer.StatusCode == HttpStatusCode.ServiceUnavailable;
            if (!closed)
            {
                open.Add($"{key}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.True(open.Count == 0, string.Join('\n', open));
        Assert.Equal(0, panel.Camera.Opened);
        Assert.Empty(panel.Pan.Writes);
        Assert.Empty(panel.Tilt.Writes);
    }

    [Fact]
    public async Task S18_Code_AfterARestart_IsAnotherOne()
    {
        using var folder = new TemporaryFolder();
        List<string> codes = [];
        for (var start = 0; start < 2; start++)
        {
            await using var panel = await PanelHost.StartAsync(Token, arguments: $"--PICAM_DATA={folder["data"]}");
            codes.Add(await File.ReadAllTextAsync(Path.Combine(folder["data"], "setup-code"), Token));
            if (start > 0)
            {
                Assert.Null(await panel.Services.GetRequiredService<Setup>().CreateAdministratorAsync(codes[0], "eve", "long enough now", Token));
            }
        }

        Assert.NotEqual(codes[0], codes[1]);
    }

    [Fact]
    public async Task S18_Code_AfterHalfAnHour_IsReplacedInTheFileAndOnTheConsole()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var panel = await PanelHost.StartAsync(Token, time);
        var setup = panel.Services.GetRequiredService<Setup>();
        var first = setup.CodeText!;

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return setup.CodeText != first;
            },
            "the code is replaced",
            Token);

        await Eventually.TrueAsync(
            () => File.ReadAllText(Path.Combine(panel.DataFolder, "setup-code")).Trim() == setup.CodeText
                && panel.Printed.Contains(setup.CodeText!, StringComparison.Ordinal),
            "file and console have the new code",
            Token);
        Assert.Null(await setup.CreateAdministratorAsync(first, "eve", "long enough now", Token));
    }

    [Fact]
    public async Task S18_Code_AfterHalfAnHour_IsWorthlessEvenBeforeItIsReplaced()
    {
        var time = new FakeTimeProvider();
        await using var panel = await PanelHost.StartAsync(Token);

        // Nobody watches this one.
        using var setup = new Setup(
            panel.Services.GetRequiredService<SetupState>(), panel.Services.GetRequiredService<DataFolder>(), panel.Services.GetRequiredService<IServiceScopeFactory>(), time);
        await setup.ReplaceCodeAsync(Token);
        time.Advance(Setup.CodeLifetime);

        Assert.Null(await setup.CreateAdministratorAsync(setup.CodeText, "eve", "long enough now", Token));
        Assert.False(panel.Services.GetRequiredService<ISetupState>().Done);
    }

    [Fact]
    public async Task S18_Page_WrongCode_SaysSoKeepsTheNameAndMakesNobody()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        using var browser = new FormClient(panel.Address);

        using var answer = await browser.PostAsync(
            "/setup",
            new() { ["Form.Code"] = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-A", ["Form.UserName"] = "eve", ["Form.Password"] = "long enough now" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("value=\"eve\"", page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.False(panel.Services.GetRequiredService<ISetupState>().Done);
    }

    [Fact]
    public async Task S18_Page_RightCode_SignsInEndsSetupAndTheCodeIsSpent()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        var code = panel.Services.GetRequiredService<Setup>().CodeText!;
        using var browser = new FormClient(panel.Address);
        using var late = new FormClient(panel.Address);
        Dictionary<string, string> Fields(string name) =>
            new() { ["Form.Code"] = code.ToLowerInvariant(), ["Form.UserName"] = name, ["Form.Password"] = "long enough now" };

        using var answer = await browser.PostAsync("/setup", Fields("ana"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        Assert.False(File.Exists(Path.Combine(panel.DataFolder, "setup-code")));

        using var again = await late.Http.GetAsync("/setup", Token);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Null(await panel.Services.GetRequiredService<Setup>().CreateAdministratorAsync(code, "eve", "long enough now", Token));
    }

    [Fact]
    public async Task S18_TwoPeopleWithTheCode_OneWins()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        var setup = panel.Services.GetRequiredService<Setup>();
        var code = setup.CodeText;
        Assert.Null(await setup.CreateAdministratorAsync("WRONG", "eve", "a long password", Token));

        // Each on a thread of its own: the first one would be done before the second begins.
        Task<PiCamUser?> TryAsync(string name) => Task.Run(() => setup.CreateAdministratorAsync(code, name, "a long password", Token));
        var made = await Task.WhenAll(TryAsync("ana"), TryAsync("bob"));

        Assert.Single(made, user => user is not null);
        Assert.True(panel.Services.GetRequiredService<ISetupState>().Done);
        Assert.False(File.Exists(Path.Combine(panel.DataFolder, "setup-code")));
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

/// <summary>The first run belongs to whoever can see the console or the data folder, and to nobody else.</summary>
public sealed class SetupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_IsHardToGuessPrivateAndOnTheConsole()
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
    public async Task Code_AfterHalfAnHour_IsReplacedInTheFileAndOnTheConsole()
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
    public async Task Page_WrongCode_SaysSoKeepsTheNameAndMakesNobody()
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
    public async Task Page_RightCode_SignsInEndsSetupAndTheCodeIsSpent()
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
}

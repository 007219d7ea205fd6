using System.Text.Json.Nodes;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Blazor.Configuration;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.StartUp;

/// <summary>PiCam restarts in its own process, with the settings of the page.</summary>
public sealed class RestartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_AfterTheDriverWasChanged_RunsTheOtherDriverInTheSameProcess()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        using var client = await PanelSettingsTests.SignedInAsync(panel);
        Assert.NotNull((await StatusAsync(client))["gimbal"]);
        var id = panel.Id;

        Assert.Equal(200, (await ApiHost.CallAsync(client, "PATCH", "/api/settings", """{"gimbal": {"driver": "none"}}""")).Status);
        await RestartAsync(panel, client, 2);

        Assert.Null((await StatusAsync(client))["gimbal"]);
        Assert.Equal(id, panel.Id);
        var (_, _, settings) = await ApiHost.CallAsync(client, "GET", "/api/settings");
        Assert.False(settings!["needsRestart"]!.GetValue<bool>());
        Assert.Equal(0, await panel.TerminateAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("{\"Camera\": {\"Width\": 3}}", "Camera:Width")]
    [InlineData("broken", "panel.json")]
    public async Task Restart_SettingsThatCannotStart_GoesOnWithThoseBeforeAndSaysSo(string text, string named)
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        using var client = await PanelSettingsTests.SignedInAsync(panel);
        Assert.Equal(200, (await ApiHost.CallAsync(client, "PATCH", "/api/settings", """{"gimbal": {"driver": "none"}}""")).Status);
        await RestartAsync(panel, client, 2);
        await File.WriteAllTextAsync(Path.Combine(panel.DataFolder, "panel.json"), text, Token);

        await RestartAsync(panel, client, 3);

        var (_, _, settings) = await ApiHost.CallAsync(client, "GET", "/api/settings");
        Assert.Contains(named, settings!["refused"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("none", settings["gimbal"]!["driver"]!.GetValue<string>());
        Assert.Null((await StatusAsync(client))["gimbal"]);
        Assert.Contains(panel.Output, line => line.Contains("settings before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithAFileThatCannotBeRead_SaysSoInOneSentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllTextAsync(folder["data/panel.json"], "{", Token);

        var failed = await PanelProcess.RunAsync(folder["data"], "", "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains(folder["data/panel.json"], Assert.Single(failed.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeysThatStayWithTheConsole_AreIgnoredAndNamed()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        await panel.KillAsync();
        await File.WriteAllTextAsync(
            Path.Combine(panel.DataFolder, "panel.json"), """{"Camera": {"Helper": "/bin/false", "Quality": 50}, "urls": "http://0.0.0.0:1"}""", Token);

        await panel.StartAgainAsync(Token);

        await Eventually.TrueAsync(
            () => panel.Output.Any(line => line.Contains("Camera:Helper", StringComparison.Ordinal))
                && panel.Output.Any(line => line.Contains("urls", StringComparison.Ordinal)),
            "the keys are named", Token);
    }

    private static async Task<JsonNode> StatusAsync(HttpClient client) => (await ApiHost.CallAsync(client, "GET", "/api/status")).Json!;

    private static async Task RestartAsync(PanelProcess panel, HttpClient client, int starts)
    {
        Assert.Equal(202, (await ApiHost.CallAsync(client, "POST", "/api/panel/restart")).Status);
        await Eventually.TrueAsync(
            () => panel.Output.Count(line => line.Contains("PiCam is ready", StringComparison.Ordinal)) == starts, "PiCam is ready again", Token);
        await PanelSettingsTests.AnswersAsync(client);
    }
}

using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Blazor.Configuration;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.CommandLine;

/// <summary>Backup and restore from the command line, beside a running panel.</summary>
public sealed class BackupCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BackupThenRestore_BesideARunningPanel_TakesEffectAtItsRestart()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        using var folder = new TemporaryFolder();
        using var client = await PanelSettingsTests.SignedInAsync(panel);
        Assert.Equal(200, (await ApiHost.CallAsync(client, "PUT", "/api/camera/name", """{"name": "Porch"}""")).Status);
        Assert.Equal(200, (await ApiHost.CallAsync(client, "PATCH", "/api/settings", """{"gimbal": {"driver": "none"}}""")).Status);

        var written = await PanelProcess.RunAsync(panel.DataFolder, "a passphrase\n", "backup", folder["a.picam"], "--passphrase");
        Assert.Equal((0, ""), (written.ExitCode, written.Errors));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a.picam"]));
        Assert.NotEqual(0, (await PanelProcess.RunAsync(panel.DataFolder, "", "backup", folder["a.picam"])).ExitCode);

        await ApiHost.CallAsync(client, "PUT", "/api/camera/name", """{"name": "Shed"}""");
        await ApiHost.CallAsync(client, "PATCH", "/api/settings", """{"gimbal": {"driver": null}}""");
        var added = await PanelProcess.RunAsync(panel.DataFolder, "a long enough password\n", "user", "add", "ben", "--role", "Administrator");
        Assert.Equal(0, added.ExitCode);

        var wrong = await PanelProcess.RunAsync(panel.DataFolder, "another\n", "restore", folder["a.picam"], "--passphrase");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("passphrase is wrong", Assert.Single(wrong.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        var restored = await PanelProcess.RunAsync(panel.DataFolder, "a passphrase\n", "restore", folder["a.picam"], "--passphrase");
        Assert.Equal((0, ""), (restored.ExitCode, restored.Errors));
        Assert.Contains("restart", restored.Output, StringComparison.Ordinal);
        Assert.Equal("Shed", await NameAsync(client));

        Assert.Equal(202, (await ApiHost.CallAsync(client, "POST", "/api/panel/restart")).Status);
        await Eventually.TrueAsync(
            () => panel.Output.Count(line => line.Contains("PiCam is ready", StringComparison.Ordinal)) == 2, "PiCam is ready again", Token);
        await PanelSettingsTests.AnswersAsync(client);

        Assert.Equal("Porch", await NameAsync(client));
        Assert.Null((await ApiHost.CallAsync(client, "GET", "/api/status")).Json!["gimbal"]);
        var users = await PanelProcess.RunAsync(panel.DataFolder, "", "user", "list");
        Assert.Equal("ana\tAdministrator", users.Output.Trim());
    }

    [Fact]
    public async Task Restore_WhatIsNoBackup_SaysSoInOneSentence()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.picam"], "no", Token);

        var refused = await PanelProcess.RunAsync(folder["data"], "", "restore", folder["x.picam"]);
        var missing = await PanelProcess.RunAsync(folder["data"], "", "restore", folder["y.picam"]);

        Assert.Contains("not a backup", Assert.Single(refused.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(folder["y.picam"], Assert.Single(missing.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal((1, 1), (refused.ExitCode, missing.ExitCode));
    }

    private static async Task<string> NameAsync(HttpClient client) =>
        (await ApiHost.CallAsync(client, "GET", "/api/camera/name")).Json!["name"]!.GetValue<string>();
}

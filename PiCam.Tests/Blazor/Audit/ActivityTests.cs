using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Account;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Audit;

/// <summary>What a real panel writes down.</summary>
public sealed class ActivityTests
{
    private const string Password = "long enough now";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetupCode_Wrong_IsWrittenDownWithoutWhatWasTypedAndItsLockOutOnce()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        using var browser = new FormClient(panel.Address);
        for (var attempt = 0; attempt < GuessLimit.Attempts + 2; attempt++)
        {
            using var answer = await browser.PostAsync(
                "/setup", new() { ["Form.Code"] = "sentinel-code", ["Form.UserName"] = "sentinel-name", ["Form.Password"] = "sentinel password" });
        }

        var rows = await RowsAsync(panel);

        Assert.Equal(GuessLimit.Attempts, rows.Count(row => row is { Action: AuditAction.SignInFailed, Who: "?", Subject: "set-up code", Address: "127.0.0.1" }));
        Assert.Equal("address", Assert.Single(rows, row => row.Action == AuditAction.LockedOut).Subject);
        Assert.DoesNotContain(rows, row => $"{row.Who} {row.Subject}".Contains("sentinel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_LockedOut_IsWrittenDownOnceByItsName()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        using var browser = new FormClient(panel.Address);
        for (var attempt = 0; attempt < GuessLimit.Attempts + 2; attempt++)
        {
            await browser.SignInAsync("ana", "sentinel password");
        }

        var rows = (await RowsAsync(panel)).Where(row => row.Action == AuditAction.LockedOut).ToList();

        Assert.Equal(["account", "address"], rows.Select(row => row.Subject).Order());
        Assert.All(rows, row => Assert.Equal(("ana", "127.0.0.1"), (row.Who, row.Address)));
    }

    [Fact]
    public async Task Language_Chosen_IsWrittenDown()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        var language = panel.Services.GetRequiredService<PanelLanguage>();

        await language.SetAsync(Callers.Administrator, "zh-Hans");
        await language.SetAsync(Callers.Administrator, "zh-Hans");

        Assert.Equal("language: zh-Hans", Assert.Single(await RowsAsync(panel), row => row.Action == AuditAction.SettingChanged).Subject);
    }

    [Fact]
    public async Task Restore_Failed_IsWrittenDownWithTheReasonAndNoPassphrase()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        var restore = panel.Services.GetRequiredService<BackupRestore>();
        var made = await panel.Services.GetRequiredService<BackupMaker>().MakeAsync(Caller.System, null, "correct horse battery staple", Token);

        await Assert.ThrowsAsync<BackupRefusedException>(() => restore.PreviewAsync(Callers.Administrator, [1, 2, 3], null, Token));
        await Assert.ThrowsAsync<BackupRefusedException>(() => restore.RestoreAsync(Caller.System, session: null, made.Content, "sentinel", Token));

        // Nobody has done anything wrong yet.
        await Assert.ThrowsAsync<BackupRefusedException>(() => restore.PreviewAsync(Callers.Administrator, made.Content, null, Token));

        Assert.Equal(
            [BackupFault.WrongPassphrase.English, BackupFault.NotABackup.English],
            (await RowsAsync(panel)).Where(row => row.Action == AuditAction.RestoreFailed).Select(row => row.Subject));
    }

    [Fact]
    public async Task StagedRestore_ThatDoesNotFitAfterAll_IsWrittenDown()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        await File.WriteAllTextAsync(panel.Services.GetRequiredService<DataFolder>().Restore, "nonsense", Token);

        Assert.NotNull(await panel.Services.GetRequiredService<StagedRestore>().ApplyAsync(Token));

        Assert.Single(await RowsAsync(panel), row => row is { Action: AuditAction.RestoreFailed, Who: "PiCam" });
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(PanelHost panel)
    {
        await panel.Services.GetRequiredService<AuditTrail>().FlushAsync(Token);
        return await panel.Services.GetRequiredService<AuditLog>().PageAsync(Caller.System, new(), null, Token);
    }
}

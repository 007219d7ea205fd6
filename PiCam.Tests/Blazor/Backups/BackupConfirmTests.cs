using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Backups;

/// <summary>A backup with secrets in it is for who has just shown that they know the password, or have a token.</summary>
public sealed class BackupConfirmTests
{
    private const string Password = "long enough now";
    private const string WithSecrets = """{"passphrase": "correct horse battery staple"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_WithSecretsLongAfterSignIn_NeedsThePasswordAgain()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.OK, await MakeAsync(browser.Http, WithSecrets));

        await ForgetConfirmationAsync(panel);
        Assert.Equal(HttpStatusCode.OK, await MakeAsync(browser.Http, "{}"));
        Assert.Equal(HttpStatusCode.BadRequest, await MakeAsync(browser.Http, WithSecrets));

        var ana = await panel.CallerAsync("ana");
        var session = Assert.Single(await panel.Services.GetRequiredService<Sessions>().ListAsync(ana, Token)).Id;
        await panel.Services.GetRequiredService<SignInMethods>().ConfirmAsync(ana, session, Password, Token);
        Assert.Equal(HttpStatusCode.OK, await MakeAsync(browser.Http, WithSecrets));
    }

    [Fact]
    public async Task Backup_WithSecretsAndAWrongPassword_IsRefusedAndAGuess()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        await ForgetConfirmationAsync(panel);
        var ana = await panel.CallerAsync("ana");
        var session = Assert.Single(await panel.Services.GetRequiredService<Sessions>().ListAsync(ana, Token)).Id;
        var methods = panel.Services.GetRequiredService<SignInMethods>();

        for (var attempt = 0; attempt < GuessLimit.Attempts; attempt++)
        {
            var wrong = await Assert.ThrowsAsync<PeopleException>(() => methods.ConfirmAsync(ana, session, "a wrong password", Token));
            Assert.Equal(PeopleFault.WrongPassword, wrong.Reason);
        }

        await Assert.ThrowsAsync<TooManyAttemptsException>(() => methods.ConfirmAsync(ana, session, Password, Token));
        var refused = await Assert.ThrowsAsync<PeopleException>(
            () => panel.Services.GetRequiredService<BackupMaker>().MakeAsync(ana, session, "correct horse battery staple", Token));
        Assert.Equal(PeopleFault.NotConfirmed, refused.Reason);
        await panel.Services.GetRequiredService<AuditTrail>().FlushAsync(Token);
        Assert.Equal(
            GuessLimit.Attempts,
            (await panel.Services.GetRequiredService<AuditLog>().PageAsync(Caller.System, new() { Action = AuditAction.SignInFailed }, null, Token)).Count);
    }

    [Fact]
    public async Task WhatLetsSomebodyInForGood_LongAfterSignIn_NeedsThePasswordAgain()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        await panel.AddUserAsync("vera", Password, Role.Viewer, Token);
        await ForgetConfirmationAsync(panel);
        var ana = await panel.CallerAsync("ana");
        var session = Assert.Single(await panel.Services.GetRequiredService<Sessions>().ListAsync(ana, Token)).Id;
        var (people, links, tokens) = (panel.Services.GetRequiredService<People>(), panel.Services.GetRequiredService<Links>(), panel.Services.GetRequiredService<Tokens>());
        var vera = await people.FindAsync(Caller.System, "vera");
        var backup = await panel.Services.GetRequiredService<BackupMaker>().MakeAsync(Caller.System, null, null, Token);
        var acts = new List<Func<Task>>
        {
            () => tokens.AddAsync(ana, "script", Role.Viewer, Token, session: session),
            () => people.AddAsync(ana, "eve", Password, Role.Administrator, session),
            () => people.SetRoleAsync(ana, vera.Id, Role.Administrator, Token, session),
            () => links.InviteAsync(ana, "otto", Role.Administrator, TimeSpan.FromDays(1), Token, session),
            () => panel.Services.GetRequiredService<BackupRestore>().RestoreAsync(ana, session, backup.Content, null, Token),
        };
        foreach (var act in acts)
        {
            Assert.Equal(PeopleFault.NotConfirmed, (await Assert.ThrowsAsync<PeopleException>(act)).Reason);
        }

        Assert.Empty(await tokens.ListAsync(ana, Token));
        Assert.Equal(2, (await people.ListAsync(ana, Token)).Count);
        await people.AddAsync(ana, "otto", Password, Role.Operator, session);

        await panel.Services.GetRequiredService<SignInMethods>().ConfirmAsync(ana, session, Password, Token);
        foreach (var act in acts)
        {
            await act();
        }
    }

    [Fact]
    public async Task Restore_ByABrowserLongAfterSignIn_NeedsThePasswordAgain_AndByATokenNot()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        await ForgetConfirmationAsync(panel);
        var backup = await panel.Services.GetRequiredService<BackupMaker>().MakeAsync(Caller.System, null, null, Token);
        Assert.Equal(HttpStatusCode.BadRequest, await RestoreAsync(browser.Http, backup.Content));

        using var client = panel.CreateClient(await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "boss", Role.Administrator, Token));
        Assert.Equal(HttpStatusCode.Accepted, await RestoreAsync(client, backup.Content));
    }

    [Fact]
    public async Task Backup_WithSecretsByToken_NeedsNoPassword()
    {
        await using var panel = await StartAsync();
        using var client = panel.CreateClient(await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "boss", Role.Administrator, Token));
        Assert.Equal(HttpStatusCode.OK, await MakeAsync(client, WithSecrets));
    }

    private static async Task<HttpStatusCode> MakeAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/backup", content, Token);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> RestoreAsync(HttpClient client, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("application/zip");
        using var answer = await client.PostAsync("/api/backup/restore", content, Token);
        return answer.StatusCode;
    }

    /// <summary>As if everybody had signed in an hour ago.</summary>
    private static async Task ForgetConfirmationAsync(PanelHost panel)
    {
        var earlier = TimeProvider.System.GetUtcNow().AddHours(-1);
        await using var context = await panel.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        Assert.Equal(1, await context.UserSessions.ExecuteUpdateAsync(row => row.SetProperty(session => session.ConfirmedAt, earlier), Token));
    }

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        return panel;
    }
}

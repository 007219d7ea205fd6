using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

/// <summary>Sessions, invitations and guest links, as browsers without scripts meet them.</summary>
public sealed class SessionTests
{
    private const string Password = "long enough now";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_EndedFromAnotherBrowser_IsOverAtTheNextRequest()
    {
        await using var panel = await StartAsync();
        using var desk = new FormClient(panel.Address);
        using var phone = new FormClient(panel.Address);
        phone.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36");
        await desk.SignInAsync("ana", Password);
        await phone.SignInAsync("ana", Password);
        var sessions = panel.Services.GetRequiredService<Sessions>();
        var ana = await panel.CallerAsync("ana");

        var both = await sessions.ListAsync(ana, Token);
        Assert.Equal(2, both.Count);
        var ofPhone = both.Single(session => session.UserAgent!.Contains("Android", StringComparison.Ordinal));
        Assert.Equal("127.0.0.1", ofPhone.Address);
        await sessions.EndAsync(ana, ofPhone.Id, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, await phone.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await desk.StatusAsync());
    }

    [Fact]
    public async Task Session_OfSomebodyElse_CannotBeEnded()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        var sessions = panel.Services.GetRequiredService<Sessions>();
        var hers = Assert.Single(await sessions.ListAsync(await panel.CallerAsync("ana"), Token));

        await sessions.EndAsync(await panel.CallerAsync("vera"), hers.Id, Token);

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.Empty(await sessions.ListAsync(await panel.CallerAsync("vera"), Token));
    }

    [Fact]
    public async Task PasswordChanged_SignsAllOthersOutAndKeepsThisBrowser()
    {
        await using var panel = await StartAsync();
        using var here = new FormClient(panel.Address);
        using var there = new FormClient(panel.Address);
        await here.SignInAsync("ana", Password);
        var ana = await panel.CallerAsync("ana");
        var session = Assert.Single(await panel.Services.GetRequiredService<Sessions>().ListAsync(ana, Token)).Id;
        await there.SignInAsync("ana", Password);
        var methods = panel.Services.GetRequiredService<SignInMethods>();
        await Assert.ThrowsAsync<PeopleException>(() => methods.ChangePasswordAsync(ana, session, "not hers at all", "another one by far", Token));

        await methods.ChangePasswordAsync(ana, session, Password, "another one by far", Token);

        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await there.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.Found, await there.SignInAsync("ana", "another one by far"));
    }

    [Fact]
    public async Task RoleAndName_Changed_TakeEffectAtTheNextRequestOfTheSameSession()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("vera", Password);
        Assert.Equal(HttpStatusCode.Forbidden, await PrivacyAsync(browser));
        var people = panel.Services.GetRequiredService<People>();
        var vera = await people.FindAsync(Caller.System, "vera");

        await people.SetRoleAsync(Caller.System, vera.Id, Role.Operator, Token);
        await people.RenameAsync(Caller.System, vera.Id, "véronique", Token);
        Assert.Equal(HttpStatusCode.OK, await PrivacyAsync(browser));
        Assert.Contains("véronique", await browser.Http.GetStringAsync("/api/privacy", Token), StringComparison.Ordinal);

        await people.SetRoleAsync(Caller.System, vera.Id, Role.Viewer, Token);
        Assert.Equal(HttpStatusCode.Forbidden, await PrivacyAsync(browser));
    }

    [Fact]
    public async Task Invitation_MakesOneAccountOfItsRole()
    {
        await using var panel = await StartAsync();
        var links = panel.Services.GetRequiredService<Links>();
        var key = await links.InviteAsync(Caller.System, "Otto", Role.Operator, TimeSpan.FromDays(1), Token);
        using var browser = new FormClient(panel.Address);
        using var late = new FormClient(panel.Address);

        // Refused: taken, and too common. The invitation is still good.
        Assert.Equal(HttpStatusCode.BadRequest, await AcceptAsync(browser, key, "ana", Password));
        Assert.Equal(HttpStatusCode.BadRequest, await AcceptAsync(browser, key, "otto", "password1"));
        Assert.Equal(HttpStatusCode.Found, await AcceptAsync(browser, key, "otto", Password));

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.Equal(Role.Operator, (await panel.Services.GetRequiredService<People>().FindAsync(Caller.System, "otto")).Role);
        Assert.Equal(HttpStatusCode.Gone, (await late.Http.GetAsync($"/invitation?key={key}", Token)).StatusCode);
        Assert.Empty(await links.InvitationsAsync(Caller.System, Token));
    }

    [Fact]
    public async Task Invitation_TakenByTwoAtOnce_MakesOneAccount()
    {
        await using var panel = await StartAsync();
        var links = panel.Services.GetRequiredService<Links>();
        var key = await links.InviteAsync(Caller.System, "Otto", Role.Operator, TimeSpan.FromDays(1), Token);
        var invitation = (await links.FindInvitationAsync(key, Token))!;
        var welcoming = panel.Services.GetRequiredService<Welcoming>();

        var made = await Task.WhenAll(Enumerable.Range(1, 3).Select(n => $"otto{n}").Select(async name =>
        {
            try
            {
                await welcoming.AcceptAsync(invitation, name, Password, null, Token);
                return true;
            }
            catch (PeopleException refused) when (refused.Reason == PeopleFault.LinkOver)
            {
                return false;
            }
        }));

        Assert.Single(made, done => done);
        Assert.Equal(3, (await panel.Services.GetRequiredService<People>().ListAsync(Caller.System, Token)).Count);
    }

    [Fact]
    public async Task GuestLink_OpensByAPressOnlyAndShowsTheLivePictureOnly()
    {
        await using var panel = await StartAsync();
        var links = panel.Services.GetRequiredService<Links>();
        var key = await links.AddGuestAsync(Caller.System, "neighbour", TimeSpan.FromHours(1), Token);
        using var browser = new FormClient(panel.Address);

        // Looking at the link is not yet coming in.
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync($"/guest?key={key}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/snapshot.jpg", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/guest?key={key}", [])).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/", Token)).StatusCode);
        await panel.Camera.GoLiveAsync(panel.Services.GetRequiredService<CameraSession>(), Token);
        using var picture = await panel.SnapshotAsync(browser.Http, Token);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        foreach (var closed in new[] { "/api/status", "/api/media", "/api/events", "/stream.mp4", "/api/camera/controls", "/openapi/v1.json", "/library", "/status", "/people", "/account" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.Http.GetAsync(closed, Token)).StatusCode);
        }

        await links.RevokeGuestAsync(Caller.System, Assert.Single(await links.GuestLinksAsync(Caller.System, Token)), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/snapshot.jpg", Token)).StatusCode);
    }

    [Fact]
    public async Task GuestLink_PressedAgainAndAgain_IsWrittenDownOnce()
    {
        await using var panel = await StartAsync();
        var key = await panel.Services.GetRequiredService<Links>().AddGuestAsync(Caller.System, "neighbour", TimeSpan.FromHours(1), Token);
        using var browser = new FormClient(panel.Address);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/guest?key={key}", [])).StatusCode);
        }

        // Written in order: what comes after the presses is there only when they are.
        await panel.Services.GetRequiredService<Links>().AddGuestAsync(Caller.System, "last", TimeSpan.FromHours(1), Token);
        var contexts = panel.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(Token);
        await Eventually.TrueAsync(
            () => context.AuditRows.AnyAsync(row => row.Action == AuditAction.GuestLinkAdded && row.Subject == "last", Token),
            "it is written down",
            TimeSpan.FromSeconds(30),
            Token);
        Assert.Equal(1, await context.AuditRows.CountAsync(row => row.Action == AuditAction.GuestEntered, Token));
    }

    [Fact]
    public async Task GuestLink_RanOut_GivesNoAccessAndLeadsToThePageThatSaysSo()
    {
        await using var panel = await StartAsync();
        var links = panel.Services.GetRequiredService<Links>();
        var key = await links.AddGuestAsync(Caller.System, "neighbour", TimeSpan.FromHours(1), Token);
        using var browser = new FormClient(panel.Address);
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/guest?key={key}", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/", Token)).StatusCode);
        Assert.True(browser.Cookies.Single(cookie => cookie.Name == "picam").Expires > TimeProvider.System.GetUtcNow().AddDays(6), "It outlives the link.");

        var contexts = panel.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>();
        await using (var context = await contexts.CreateDbContextAsync(Token))
        {
            var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            Assert.Equal(1, await context.GuestLinks.ExecuteUpdateAsync(row => row.SetProperty(link => link.ExpiresAt, past), Token));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/snapshot.jpg", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/stream.mjpg", Token)).StatusCode);
        using var answer = await browser.Http.GetAsync("/", Token);
        Assert.Equal((HttpStatusCode.Found, "/guest"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Links_AfterTheirTime_AreWorthless()
    {
        // A clock of their own: the panel's would have to run through an hour of everything else.
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        await using var panel = await StartAsync();
        var contexts = panel.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>();
        var audit = panel.Services.GetRequiredService<IAuditTrail>();
        var links = new Links(contexts, panel.Services.GetRequiredService<Sessions>(), audit, time, NullLogger<Links>.Instance);
        var tokens = new Tokens(contexts, panel.Services.GetRequiredService<Sessions>(), audit, time);
        var invitation = await links.InviteAsync(Caller.System, "otto", Role.Viewer, TimeSpan.FromHours(1), Token);
        var guest = await links.AddGuestAsync(Caller.System, "neighbour", TimeSpan.FromHours(1), Token);
        var token = await tokens.AddAsync(Caller.System, "script", Role.Viewer, Token, time.GetUtcNow().AddHours(1));
        Assert.NotNull(await links.FindInvitationAsync(invitation, Token));
        Assert.NotNull(await links.FindGuestAsync(guest, Token));
        Assert.NotNull(await tokens.FindAsync(token, Token));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await links.FindInvitationAsync(invitation, Token));
        Assert.Null(await links.FindGuestAsync(guest, Token));
        Assert.Null(await tokens.FindAsync(token, Token));
    }

    private static async Task<HttpStatusCode> AcceptAsync(FormClient browser, string key, string name, string password)
    {
        using var answer = await browser.PostAsync($"/invitation?key={key}", new() { ["Form.UserName"] = name, ["Form.Password"] = password });
        return answer.StatusCode;
    }

    // An Operator may switch the camera off, a Viewer may not.
    private static async Task<HttpStatusCode> PrivacyAsync(FormClient browser)
    {
        using var body = new StringContent("{\"on\":true}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.Http.PutAsync("/api/privacy", body, Token);
        return answer.StatusCode;
    }

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        await panel.AddUserAsync("vera", Password, Role.Viewer, Token);
        return panel;
    }
}

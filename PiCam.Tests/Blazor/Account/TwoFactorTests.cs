using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

/// <summary>The second step of signing in, with codes computed as an app computes them.</summary>
public sealed class TwoFactorTests
{
    private const string Password = "long enough now";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithAnApp_NeedsItsCodeWhichIsGoodOnce()
    {
        await using var panel = await StartAsync();
        var (key, recovery) = await EnrolAsync(panel);
        using var browser = new FormClient(panel.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());

        // The one that was used to switch it on is spent, and another one wrong.
        Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(browser, "000000"));
        var code = Totp.Code(key, 1);
        Assert.Equal(HttpStatusCode.Found, await CodeAsync(browser, code[..3] + " " + code[3..]));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());

        using var thief = new FormClient(panel.Address);
        await thief.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(thief, code));
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync());
        Assert.Equal(10, recovery.Count);
    }

    [Fact]
    public async Task RecoveryCode_LetsInOnce()
    {
        await using var panel = await StartAsync();
        var (_, recovery) = await EnrolAsync(panel);
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.Found, await CodeAsync(browser, recovery[3].ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());

        using var again = new FormClient(panel.Address);
        await again.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(again, recovery[3]));
    }

    [Fact]
    public async Task S13_Code_Guessed_IsLockedOutAsPasswordsAre()
    {
        await using var panel = await StartAsync();
        await EnrolAsync(panel);
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        for (var i = 0; i < GuessLimit.Attempts; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(browser, $"00000{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await CodeAsync(browser, "999999"));
    }

    [Fact]
    public async Task CodePage_WithoutAPassword_LeadsToTheFirstStep()
    {
        await using var panel = await StartAsync();
        await EnrolAsync(panel);
        using var browser = new FormClient(panel.Address);
        using var answer = await browser.Http.GetAsync("/sign-in/code", Token);
        Assert.Equal("/sign-in", new Uri(panel.Address, answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task Changes_WithoutAFreshPassword_AreRefused()
    {
        await using var panel = await StartAsync();
        var ana = await panel.CallerAsync("ana");
        var methods = panel.Services.GetRequiredService<SignInMethods>();
        await RefusedAsync(() => methods.NewAuthenticatorKeyAsync(ana, "no session", Token));
        await RefusedAsync(() => methods.TurnTwoFactorOnAsync(ana, "no session", "000000", Token));
        await RefusedAsync(() => methods.TurnTwoFactorOffAsync(ana, "no session", Token));
        await RefusedAsync(() => methods.NewRecoveryCodesAsync(ana, "no session", Token));

        static async Task RefusedAsync(Func<Task> act) =>
            Assert.Equal(PeopleFault.NotConfirmed, (await Assert.ThrowsAsync<PeopleException>(act)).Reason);
    }

    [Fact]
    public async Task LostPhone_ResetByAnAdministrator_PasswordAloneLetsIn()
    {
        await using var panel = await StartAsync();
        await EnrolAsync(panel);
        var people = panel.Services.GetRequiredService<People>();
        await people.ResetTwoFactorAsync(Caller.System, (await panel.CallerAsync("ana")).UserId, Token);
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    private static async Task<(string Key, IReadOnlyList<string> Recovery)> EnrolAsync(PanelHost panel)
    {
        using var browser = new FormClient(panel.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        var ana = await panel.CallerAsync("ana");
        var session = Assert.Single(await panel.Services.GetRequiredService<Sessions>().ListAsync(ana, Token)).Id;
        var methods = panel.Services.GetRequiredService<SignInMethods>();
        var key = await methods.NewAuthenticatorKeyAsync(ana, session, Token);
        await Assert.ThrowsAsync<PeopleException>(() => methods.TurnTwoFactorOnAsync(ana, session, "000000", Token));
        return (key, await methods.TurnTwoFactorOnAsync(ana, session, Totp.Code(key, 0), Token));
    }

    private static async Task<HttpStatusCode> CodeAsync(FormClient browser, string code)
    {
        using var answer = await browser.PostAsync("/sign-in/code", new() { ["Form.Code"] = code });
        return answer.StatusCode;
    }

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        return panel;
    }
}

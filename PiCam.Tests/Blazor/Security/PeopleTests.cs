using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>What administrators do with people, asked of the services themselves.</summary>
public sealed class PeopleTests
{
    private const string Password = "long enough now";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastAdministrator_CannotBeDemotedDisabledOrRemoved()
    {
        await using var panel = await StartAsync();
        var people = panel.Services.GetRequiredService<People>();
        var ana = await people.FindAsync(Caller.System, "ana");
        await RefusedAsync(() => people.SetRoleAsync(Caller.System, ana.Id, Role.Operator, Token), PeopleFault.LastAdministrator);
        await RefusedAsync(() => people.SetDisabledAsync(Caller.System, ana.Id, disabled: true, Token), PeopleFault.LastAdministrator);
        await RefusedAsync(() => people.RemoveAsync(Caller.System, ana.Id, Token), PeopleFault.LastAdministrator);

        // With another one, who could not help while disabled.
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Administrator);
        await people.SetDisabledAsync(Caller.System, bob.Id, disabled: true, Token);
        await RefusedAsync(() => people.RemoveAsync(Caller.System, ana.Id, Token), PeopleFault.LastAdministrator);
        await people.SetDisabledAsync(Caller.System, bob.Id, disabled: false, Token);
        await people.RemoveAsync(Caller.System, ana.Id, Token);

        Assert.Equal("bob", Assert.Single(await people.ListAsync(Caller.System, Token)).UserName);
    }

    [Fact]
    public async Task TwoAdministrators_DemoteEachOtherAtOnce_OneIsLeft()
    {
        await using var panel = await StartAsync();
        var people = panel.Services.GetRequiredService<People>();
        var ana = await people.FindAsync(Caller.System, "ana");
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Administrator);

        var demoted = await Task.WhenAll(new[] { ana, bob }.Select(async user =>
        {
            try
            {
                await people.SetRoleAsync(Caller.System, user.Id, Role.Viewer, Token);
                return true;
            }
            catch (PeopleException refused) when (refused.Reason == PeopleFault.LastAdministrator)
            {
                return false;
            }
        }));

        Assert.Single(demoted, done => done);
    }

    [Fact]
    public async Task Names_TakenOrUnusable_AreRefusedAndNothingChanges()
    {
        await using var panel = await StartAsync();
        var people = panel.Services.GetRequiredService<People>();
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Viewer);
        await RefusedAsync(() => people.AddAsync(Caller.System, "ANA", Password, Role.Viewer), PeopleFault.NameTaken("ANA"));
        await RefusedAsync(() => people.RenameAsync(Caller.System, bob.Id, "Ana", Token), PeopleFault.NameTaken("Ana"));
        foreach (var name in new[] { "", " bob", "bob ", "a\nb", new string('x', 65) })
        {
            await RefusedAsync(() => people.AddAsync(Caller.System, name, Password, Role.Viewer), PeopleFault.UnusableName("64"));
            await RefusedAsync(() => people.RenameAsync(Caller.System, bob.Id, name, Token), PeopleFault.UnusableName("64"));
        }

        await people.RenameAsync(Caller.System, bob.Id, "Bob", Token);
        Assert.Equal(["ana", "Bob"], (await people.ListAsync(Caller.System, Token)).Select(user => user.UserName));
    }

    [Theory]
    [InlineData("1234567")]
    [InlineData("password")]
    [InlineData("Passw0rd!")]
    [InlineData("qwertyuiop")]
    [InlineData("raspberrypi")]
    [InlineData("picam2026")]
    [InlineData("woaini1314")]
    [InlineData("5201314520")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("anatole-anatole")]
    public void Password_ShortOrCommonOrTheName_IsRefused(string password) =>
        Assert.Throws<PeopleException>(() => Passwords.Demand(password, "anatole"));

    [Theory]
    [InlineData("summer beach house")]
    [InlineData("k8Tq!x2p")]
    [InlineData("correct horse battery staple")]
    [InlineData("我家的门口有两棵枣树")]
    public void Password_OfAnyKindThatIsHardToGuess_IsTaken(string password) => Passwords.Demand(password, "anatole");

    [Fact]
    public void Password_OfAnyLength_IsLookedAtInReasonableTime() =>
        Assert.Throws<PeopleException>(() => Passwords.Demand(new string('q', 1_000_000), "ana"));

    [Fact]
    public async Task Role_Guest_IsNotForPeople()
    {
        await using var panel = await StartAsync();
        var people = panel.Services.GetRequiredService<People>();
        await Assert.ThrowsAsync<InvalidValueException>(() => people.AddAsync(Caller.System, "eve", Password, Role.Guest));
        await Assert.ThrowsAsync<InvalidValueException>(() => people.AddAsync(Caller.System, "eve", Password, (Role)17));
    }

    [Fact]
    public async Task OwnToken_NeverMayMoreThanItsOwner()
    {
        await using var panel = await StartAsync();
        var (people, tokens) = (panel.Services.GetRequiredService<People>(), panel.Services.GetRequiredService<Tokens>());
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Operator);
        var caller = CallerOf(bob);
        var session = await panel.Services.GetRequiredService<Sessions>().BeginAsync(bob, "127.0.0.1", null, Token);
        Assert.Equal(
            PeopleFault.NotConfirmed,
            (await Assert.ThrowsAsync<PeopleException>(() => tokens.AddOwnAsync(caller, "another browser's", "script", Role.Viewer, null, Token))).Reason);
        await Assert.ThrowsAsync<AccessRefusedException>(() => tokens.AddOwnAsync(caller, session, "too much", Role.Administrator, null, Token));
        var token = await tokens.AddOwnAsync(caller, session, "script", Role.Operator, null, Token);
        Assert.Equal(Role.Operator, await RoleAsync());

        await people.SetRoleAsync(Caller.System, bob.Id, Role.Viewer, Token);
        Assert.Equal(Role.Viewer, await RoleAsync());
        await people.SetDisabledAsync(Caller.System, bob.Id, disabled: true, Token);
        Assert.Null(await tokens.FindAsync(token, Token));
        await people.SetDisabledAsync(Caller.System, bob.Id, disabled: false, Token);
        await people.RemoveAsync(Caller.System, bob.Id, Token);
        Assert.Null(await tokens.FindAsync(token, Token));

        async Task<Role?> RoleAsync() => await tokens.FindAsync(token, Token) is { } found ? Tokens.RoleOf(found, TimeProvider.System.GetUtcNow()) : null;
    }

    [Fact]
    public async Task Links_OfAnAdministratorWhoIsNoneAnyMore_AreWorthless()
    {
        await using var panel = await StartAsync();
        var (people, links) = (panel.Services.GetRequiredService<People>(), panel.Services.GetRequiredService<Links>());
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Administrator);
        var invitation = await links.InviteAsync(CallerOf(bob), "himself", Role.Operator, TimeSpan.FromDays(300), Token);
        var guest = await links.AddGuestAsync(CallerOf(bob), "himself", TimeSpan.FromDays(300), Token);
        Assert.NotNull(await links.FindInvitationAsync(invitation, Token));
        Assert.NotNull(await links.FindGuestAsync(guest, Token));

        await people.SetRoleAsync(Caller.System, bob.Id, Role.Operator, Token);

        Assert.Null(await links.FindInvitationAsync(invitation, Token));
        Assert.Null(await links.FindGuestAsync(guest, Token));
    }

    [Fact]
    public async Task Reset_OfOnesOwn_IsNotForThePageOfPeople()
    {
        await using var panel = await StartAsync();
        var people = panel.Services.GetRequiredService<People>();
        var ana = await people.FindAsync(Caller.System, "ana");
        await RefusedAsync(() => people.ResetPasswordAsync(CallerOf(ana), ana.Id, "another one by far", Token), PeopleFault.OnOwnPage);
        await RefusedAsync(() => people.ResetTwoFactorAsync(CallerOf(ana), ana.Id, Token), PeopleFault.OnOwnPage);
    }

    [Fact]
    public async Task Token_OfSomebodyElse_CannotBeRevokedNorSeen()
    {
        await using var panel = await StartAsync();
        var (people, tokens) = (panel.Services.GetRequiredService<People>(), panel.Services.GetRequiredService<Tokens>());
        var ana = await people.FindAsync(Caller.System, "ana");
        var bob = CallerOf(await people.AddAsync(Caller.System, "bob", Password, Role.Operator));
        var session = await panel.Services.GetRequiredService<Sessions>().BeginAsync(ana, "127.0.0.1", null, Token);
        await tokens.AddOwnAsync(CallerOf(ana), session, "hers", Role.Viewer, null, Token);
        var hers = Assert.Single(await tokens.ListAsync(Caller.System, Token));
        Assert.Empty(await tokens.ListOwnAsync(bob, Token));
        await Assert.ThrowsAsync<AccessRefusedException>(() => tokens.RevokeAsync(bob, hers.Id, Token));
        await tokens.RevokeAsync(CallerOf(ana), hers.Id, Token);
        Assert.Empty(await tokens.ListAsync(Caller.System, Token));
    }

    [Fact]
    public async Task Token_NoPersonButATokenOrAGuest_HasNoAccount()
    {
        await using var panel = await StartAsync();
        var tokens = panel.Services.GetRequiredService<Tokens>();
        foreach (var id in new[] { TokenIdentity.TokenId(1), TokenIdentity.GuestId(1) })
        {
            await RefusedAsync(
                () => tokens.AddOwnAsync(new Caller(id, "t", Role.Administrator, "test"), null, "more", Role.Viewer, null, Token), PeopleFault.NotAPerson);
        }
    }

    private static Caller CallerOf(PiCamUser user) => new(user.Id, user.UserName!, user.Role, "test");

    private static async Task RefusedAsync(Func<Task> operation, Reason reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<PeopleException>(operation)).Reason);

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        return panel;
    }
}

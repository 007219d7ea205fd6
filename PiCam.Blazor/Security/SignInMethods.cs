using System.Net;
using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>How a person signs in: password, authenticator app, passkeys. Each changes their own; all but the password itself ask for it first.</summary>
public sealed class SignInMethods(IServiceScopeFactory scopes, Sessions sessions, GuessLimit guesses, IAuditTrail audit)
{
    private const int RecoveryCodes = 10;

    /// <summary>The person has typed their password again, or given another proof: changes are open for ten minutes.</summary>
    /// <param name="caller">A person.</param>
    /// <param name="session">The browser's, for which it counts.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">It is wrong.</exception>
    /// <exception cref="TooManyAttemptsException">Too many were wrong lately.</exception>
    public async Task ConfirmAsync(Caller caller, string? session, string password, CancellationToken cancellationToken)
    {
        await UseAsync(caller, (users, user) => CheckPasswordAsync(caller, users, user, password)).ConfigureAwait(false);
        await sessions.ConfirmAsync(session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the password, and signs all other browsers of the person out.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The present one is wrong, or the new one too weak.</exception>
    /// <exception cref="TooManyAttemptsException">Too many were wrong lately.</exception>
    public async Task ChangePasswordAsync(Caller caller, string? session, string present, string wanted, CancellationToken cancellationToken)
    {
        await UseAsync(caller, async (users, user) =>
        {
            await CheckPasswordAsync(caller, users, user, present).ConfigureAwait(false);
            Passwords.Demand(wanted, user.UserName!);
            user.PasswordHash = users.PasswordHasher.HashPassword(user, wanted);
            await StoreAsync(users.UpdateSecurityStampAsync(user)).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        await sessions.ConfirmAsync(session, cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.PasswordChanged, caller.Name);
        await sessions.EndOthersAsync(caller, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether an authenticator app is asked at sign-in, and how many recovery codes are left.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public Task<(bool On, int RecoveryCodesLeft)> TwoFactorAsync(Caller caller) => UseAsync(caller, async (users, user) =>
        (user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user).ConfigureAwait(false) : 0));

    /// <summary>A new key for an authenticator app, in base 32; it is not asked for before <see cref="TurnTwoFactorOnAsync"/>.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The password was not typed lately.</exception>
    public async Task<string> NewAuthenticatorKeyAsync(Caller caller, string? session, CancellationToken cancellationToken)
    {
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        return await UseAsync(caller, async (users, user) =>
        {
            // The app that is asked for would show wrong codes from now on.
            if (user.TwoFactorEnabled)
            {
                throw new PeopleException(PeopleFault.TwoFactorIsOn);
            }

            await StoreAsync(users.ResetAuthenticatorKeyAsync(user)).ConfigureAwait(false);
            return await users.GetAuthenticatorKeyAsync(user).ConfigureAwait(false) ?? throw new InvalidOperationException("There is no key.");
        }).ConfigureAwait(false);
    }

    /// <summary>From now on the app is asked at sign-in. Returns the recovery codes, which cannot be read again.</summary>
    /// <param name="caller">A person.</param>
    /// <param name="session">The browser's.</param>
    /// <param name="code">What the app shows now.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The code is wrong, or the password was not typed lately.</exception>
    /// <exception cref="TooManyAttemptsException">Too many were wrong lately.</exception>
    public async Task<IReadOnlyList<string>> TurnTwoFactorOnAsync(Caller caller, string? session, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        var plain = new string([.. code.Where(char.IsAsciiDigit)]);
        var codes = await UseAsync(caller, async (users, user) =>
        {
            Begin(caller, GuessKey.OfCode(user));
            if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, plain).ConfigureAwait(false))
            {
                Failed(caller, GuessKey.OfCode(user));
                throw new PeopleException(PeopleFault.WrongCode);
            }

            Succeeded(caller, GuessKey.OfCode(user));
            await StoreAsync(users.SetTwoFactorEnabledAsync(user, enabled: true)).ConfigureAwait(false);
            return await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes).ConfigureAwait(false);
        }).ConfigureAwait(false);
        audit.Record(caller, AuditAction.TwoFactorOn, caller.Name);
        return [.. codes!];
    }

    /// <summary>New recovery codes; the former ones are worthless.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The password was not typed lately.</exception>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Caller caller, string? session, CancellationToken cancellationToken)
    {
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        var codes = await UseAsync(caller, (users, user) => users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes)).ConfigureAwait(false);
        audit.Record(caller, AuditAction.TwoFactorOn, "new recovery codes");
        return [.. codes!];
    }

    /// <summary>The password alone is enough again.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The password was not typed lately.</exception>
    public async Task TurnTwoFactorOffAsync(Caller caller, string? session, CancellationToken cancellationToken)
    {
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        await UseAsync(caller, async (users, user) =>
        {
            await StoreAsync(users.SetTwoFactorEnabledAsync(user, enabled: false)).ConfigureAwait(false);
            await StoreAsync(users.ResetAuthenticatorKeyAsync(user)).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        audit.Record(caller, AuditAction.TwoFactorOff, caller.Name);
    }

    /// <summary>The caller's passkeys.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(Caller caller) =>
        UseAsync<IReadOnlyList<UserPasskeyInfo>>(caller, async (users, user) =>
            [.. (await users.GetPasskeysAsync(user).ConfigureAwait(false)).OrderBy(key => key.CreatedAt)]);

    /// <summary>Keeps a passkey that the browser has made.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The password was not typed lately, or the name cannot be used.</exception>
    public async Task AddPasskeyAsync(Caller caller, string? session, UserPasskeyInfo passkey, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        passkey.Name = AccountName.Demand(name);
        await UseAsync(caller, async (users, user) =>
        {
            await StoreAsync(users.AddOrUpdatePasskeyAsync(user, passkey)).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        audit.Record(caller, AuditAction.PasskeyAdded, name);
    }

    /// <summary>Removes a passkey.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    /// <exception cref="PeopleException">The password was not typed lately.</exception>
    public async Task RemovePasskeyAsync(Caller caller, string? session, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        await UseAsync(caller, async (users, user) =>
        {
            await StoreAsync(users.RemovePasskeyAsync(user, passkey.CredentialId)).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        audit.Record(caller, AuditAction.PasskeyRemoved, passkey.Name);
    }

    /// <exception cref="PeopleException">The password was not typed lately.</exception>
    internal Task DemandConfirmedAsync(Caller caller, string? session, CancellationToken cancellationToken)
    {
        OwnAccount.Demand(caller);
        return sessions.DemandConfirmedAsync(session, cancellationToken);
    }

    private static async Task StoreAsync(Task<IdentityResult> storing)
    {
        var result = await storing.ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }

    private static IPAddress? AddressOf(Caller caller) => IPAddress.TryParse(caller.Address, out var address) ? address : null;

    private Task<T> UseAsync<T>(Caller caller, Func<UserManager<PiCamUser>, PiCamUser, Task<T>> use)
    {
        OwnAccount.Demand(caller);
        return scopes.WithUsersAsync(async users => await use(
            users,
            await users.FindByIdAsync(caller.UserId).ConfigureAwait(false)
                ?? throw new PeopleException(PeopleFault.UnknownName(caller.Name))).ConfigureAwait(false));
    }

    private async Task<bool> CheckPasswordAsync(Caller caller, UserManager<PiCamUser> users, PiCamUser user, string password)
    {
        // In a count of its own: who has the person's browser must not shut them out elsewhere.
        var account = "again " + GuessKey.OfPassword(user);
        Begin(caller, account);
        if (!await users.CheckPasswordAsync(user, password).ConfigureAwait(false))
        {
            Failed(caller, account);
            throw new PeopleException(PeopleFault.WrongPassword);
        }

        Succeeded(caller, account);
        return true;
    }

    private void Begin(Caller caller, string account)
    {
        if (guesses.Begin(account, AddressOf(caller)) is { } wait)
        {
            throw new TooManyAttemptsException(wait);
        }
    }

    private void Failed(Caller caller, string account)
    {
        audit.Record(caller, AuditAction.SignInFailed);
        guesses.Failed(caller, account, AddressOf(caller));
    }

    private void Succeeded(Caller caller, string account) => guesses.Succeeded(account, AddressOf(caller));
}

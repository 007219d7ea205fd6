using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Signs people in and out: each time with a session of its own, which can be ended from elsewhere.</summary>
public sealed class PanelSignIn(
    UserManager<PiCamUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<PiCamUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<PiCamUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PiCamUser> confirmation,
    Sessions sessions,
    GuessLimit guesses,
    HashingTurn hashing,
    IAuditTrail audit) : SignInManager<PiCamUser>(users, accessor, claims, options, logger, schemes, confirmation)
{
    // The hash of no password. Checking against it makes an unknown name take as long as a known one.
    private static readonly Lazy<string> Decoy =
        new(() => new PasswordHasher<PiCamUser>().HashPassword(new PiCamUser(), Guid.NewGuid().ToString()));

    private string? Address => ClientAddress.Of(Context);

    /// <summary>First step: name and password.</summary>
    /// <returns>Success, TwoFactorRequired, or Failed, whoever is unknown, disabled or mistyped.</returns>
    /// <exception cref="PeopleException">Too many were wrong lately; nothing was looked at.</exception>
    public async Task<SignInResult> WithPasswordAsync(string name, string password)
    {
        var user = name.Length <= AccountName.Longest
            ? await UserManager.FindByNameAsync(name).ConfigureAwait(false)
            : null;

        // Where a person is signed in already nobody can shut them out from elsewhere by guessing: only that address counts there.
        var account = user is null
            ? GuessKey.OfNobody(name)
            : await sessions.IsKnownAsync(user.Id, Address, Context.RequestAborted).ConfigureAwait(false) ? null : GuessKey.OfPassword(user);
        Begin(account);
        using (await hashing.EnterAsync(Context.RequestAborted).ConfigureAwait(false))
        {
            if (user is null)
            {
                UserManager.PasswordHasher.VerifyHashedPassword(new PiCamUser(), Decoy.Value, password);
                return Failed("?", account);
            }

            // Before the check whether the person may sign in at all, so that it takes the same time.
            if (!await UserManager.CheckPasswordAsync(user, password).ConfigureAwait(false) || user.IsDisabled)
            {
                return Failed(user.UserName!, account);
            }
        }

        if (user.TwoFactorEnabled)
        {
            guesses.TakeBack(account, Context.Connection.RemoteIpAddress);
        }
        else
        {
            Succeeded(account);
        }

        return await SignInOrTwoFactorAsync(user, isPersistent: true).ConfigureAwait(false);
    }

    /// <summary>Second step: the code of an authenticator app, or one of the recovery codes, each of which is good once.</summary>
    /// <returns>Null: there was no first step, or it is too long ago.</returns>
    /// <exception cref="PeopleException">Too many were wrong lately; nothing was looked at.</exception>
    public async Task<SignInResult?> WithCodeAsync(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (await GetTwoFactorAuthenticationUserAsync().ConfigureAwait(false) is not { } user)
        {
            return null;
        }

        var account = GuessKey.OfCode(user);
        Begin(account);
        var plain = new string([.. code.Where(c => !char.IsWhiteSpace(c))]);
        var result = user.IsDisabled
            ? SignInResult.Failed
            : plain.Length == 6 && plain.All(char.IsAsciiDigit)
                ? await TwoFactorAuthenticatorSignInAsync(plain, isPersistent: true, rememberClient: false).ConfigureAwait(false)
                : await TwoFactorRecoveryCodeSignInAsync(plain.ToUpperInvariant()).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            return Failed(user.UserName!, account);
        }

        Succeeded(account);
        return result;
    }

    /// <summary>A passkey, which is something one has and something one knows or is: it needs no second step.</summary>
    /// <param name="credential">What the browser's <c>navigator.credentials.get</c> gave, as JSON.</param>
    /// <exception cref="PeopleException">Too many were wrong lately; nothing was looked at.</exception>
    public async Task<SignInResult> WithPasskeyAsync(string credential)
    {
        Begin(null);
        PasskeyAssertionResult<PiCamUser> assertion;
        try
        {
            assertion = await PerformPasskeyAssertionAsync(credential).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // Nobody asked for a challenge, or too long ago.
            return Failed("?", account: null);
        }

        if (!assertion.Succeeded || assertion.User.IsDisabled)
        {
            return Failed(assertion.User?.UserName ?? "?", account: null);
        }

        guesses.Succeeded(null, Context.Connection.RemoteIpAddress);
        await UserManager.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey).ConfigureAwait(false);
        await SignInAsync(assertion.User, isPersistent: true, "passkey").ConfigureAwait(false);
        return SignInResult.Success;
    }

    public override async Task SignInWithClaimsAsync(
        PiCamUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        var session = await sessions.BeginAsync(user, Address, Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted)
            .ConfigureAwait(false);
        var method = string.Join('+', additionalClaims.Where(claim => claim.Type is "amr" or ClaimTypes.AuthenticationMethod).Select(claim => claim.Value));
        audit.Record(
            new Caller(user.Id, user.UserName!, user.Role, session, Address), AuditAction.SignedIn, method.Length > 0 ? method : null);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, new Claim(PanelClaims.Session, session)])
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<bool> CanSignInAsync(PiCamUser user) =>
        user is { IsDisabled: false } && await base.CanSignInAsync(user).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task SignOutAsync()
    {
        if (Context.User.FindFirstValue(PanelClaims.Session) is { } session)
        {
            await sessions.SignedOutAsync(session, Context.RequestAborted).ConfigureAwait(false);
            audit.Record(CallerFactory.From(Context), AuditAction.SignedOut);
        }

        await base.SignOutAsync().ConfigureAwait(false);
    }

    private void Begin(string? account)
    {
        if (guesses.Begin(account, Context.Connection.RemoteIpAddress) is { } wait)
        {
            throw new TooManyAttemptsException(wait);
        }
    }

    private void Succeeded(string? account) => guesses.Succeeded(account, Context.Connection.RemoteIpAddress);

    // A name that nobody has is not written down: people type their password there, too.
    private SignInResult Failed(string name, string? account)
    {
        var caller = new Caller("", name, Role.Guest, "", Address);
        audit.Record(caller, AuditAction.SignInFailed);
        guesses.Failed(caller, account, Context.Connection.RemoteIpAddress);
        return SignInResult.Failed;
    }
}

using System.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Who can sign in. All of it acts at once: open pages, streams and tokens ask again every second or two.</summary>
public sealed class People(
    IServiceScopeFactory scopes,
    IDbContextFactory<PiCamDbContext> contexts,
    IPasswordHasher<PiCamUser> hasher,
    ILookupNormalizer normalizer,
    Sessions sessions,
    IAuditTrail audit)
{
    /// <summary>Adds a person.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">1 to 64 characters, unique without regard to case.</param>
    /// <param name="password">As <see cref="Passwords.Demand"/> takes them.</param>
    /// <param name="role">What the person is trusted with.</param>
    /// <param name="session">The browser's, in which a person typed their password lately, for an Administrator; tokens and the console have none, and need none.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used, or the password is too weak; or the caller has not typed theirs lately.</exception>
    public async Task<PiCamUser> AddAsync(Caller caller, string name, string password, Role role, string? session = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        AccountName.Demand(name);
        DemandRole(role);
        Passwords.Demand(password, name);
        await DemandConfirmedAsync(caller, role, session, sessions, CancellationToken.None).ConfigureAwait(false);
        var user = new PiCamUser { UserName = name, Role = role };
        var result = await CreateAsync(user, password).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                ? new PeopleException(PeopleFault.NameTaken(name))
                : new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }

        audit.Record(caller, AuditAction.UserAdded, $"{name} ({role})");
        return user;
    }

    /// <summary>Everybody, by name.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<PiCamUser>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await context.Users.AsNoTracking().OrderBy(user => user.NormalizedUserName)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The person of that name.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is nobody of that name.</exception>
    public async Task<PiCamUser> FindAsync(Caller caller, string name)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(name);
        caller.Demand(Permission.ManagePeople);
        return await scopes.WithUsersAsync(users => users.FindByNameAsync(name)).ConfigureAwait(false)
            ?? throw new PeopleException(PeopleFault.UnknownName(name));
    }

    /// <summary>Gives a person another name.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="id">The person's.</param>
    /// <param name="name">1 to 64 characters, unique without regard to case.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used, or there is no such person.</exception>
    public async Task RenameAsync(Caller caller, string id, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        AccountName.Demand(name);
        var normal = normalizer.NormalizeName(name);
        var before = "";
        await ChangeAsync(
            caller,
            id,
            async (context, user) =>
            {
                if (await context.Users.AnyAsync(other => other.NormalizedUserName == normal && other.Id != id, cancellationToken).ConfigureAwait(false))
                {
                    throw new PeopleException(PeopleFault.NameTaken(name));
                }

                (before, user.UserName, user.NormalizedUserName) = (user.UserName!, name, normal);
            },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.UserRenamed, $"{before} → {name}");
    }

    /// <summary>Trusts a person with more, or with less.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">
    /// Nobody would be left who can let others in, or there is no such person; or they become Administrator, and the caller has not typed their password lately.
    /// </exception>
    public async Task SetRoleAsync(Caller caller, string id, Role role, CancellationToken cancellationToken, string? session = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        DemandRole(role);
        await DemandConfirmedAsync(caller, role, session, sessions, cancellationToken).ConfigureAwait(false);
        var user = await ChangeAsync(
            caller, id, (_, user) => Task.FromResult(user.Role = role), cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.RoleChanged, $"{user.UserName} ({role})");
    }

    /// <summary>Shuts a person out, and ends all their sessions; or lets them sign in again.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">Nobody would be left who can let others in, or there is no such person.</exception>
    public async Task SetDisabledAsync(Caller caller, string id, bool disabled, CancellationToken cancellationToken)
    {
        var user = await ChangeAsync(
            caller,
            id,
            async (context, user) =>
            {
                user.IsDisabled = disabled;
                await context.UserSessions.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, disabled ? AuditAction.UserDisabled : AuditAction.UserEnabled, user.UserName);
    }

    /// <summary>Removes a person with their sessions, passkeys and tokens. What they recorded stays.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">Nobody would be left who can let others in, or there is no such person.</exception>
    public async Task RemoveAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var user = await ChangeAsync(
            caller, id, (context, user) => Task.FromResult(context.Users.Remove(user)), cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.UserRemoved, user.UserName);
    }

    /// <summary>Gives a person a new password and ends all their sessions and tokens.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is no such person, or the password is too weak.</exception>
    public async Task ResetPasswordAsync(Caller caller, string id, string password, CancellationToken cancellationToken)
    {
        DemandOther(caller, id);
        var user = await ChangeAsync(
            caller,
            id,
            async (context, user) =>
            {
                Passwords.Demand(password, user.UserName!);
                user.PasswordHash = hasher.HashPassword(user, password);
                await context.ApiTokens.Where(row => row.OwnerId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                await context.UserSessions.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.PasswordChanged, user.UserName);
    }

    /// <summary>For a person who lost their phone: password alone lets them in again, until they set up an app anew. Passkeys go, too.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is no such person.</exception>
    public async Task ResetTwoFactorAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        DemandOther(caller, id);
        var user = await ChangeAsync(
            caller,
            id,
            async (context, user) =>
            {
                user.TwoFactorEnabled = false;
                await context.UserTokens.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                await context.UserPasskeys.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.TwoFactorOff, user.UserName);
    }

    /// <summary>Signs a person out of every browser.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is no such person.</exception>
    public async Task EndSessionsAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var user = await ChangeAsync(
            caller,
            id,
            (context, _) => context.UserSessions.Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.SessionEnded, user.UserName);
    }

    // One's own needs the present password, which this does not ask for.
    private static void DemandOther(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        if (caller.UserId == id)
        {
            throw new PeopleException(PeopleFault.OnOwnPage);
        }
    }

    /// <summary>An Administrator stays when the browser that made one is closed: who found it open must not be able to make one.</summary>
    /// <exception cref="PeopleException">The caller has not typed their password lately.</exception>
    internal static Task DemandConfirmedAsync(Caller caller, Role role, string? session, Sessions sessions, CancellationToken cancellationToken) =>
        role == Role.Administrator ? sessions.DemandConfirmedAsync(caller, session, cancellationToken) : Task.CompletedTask;

    /// <exception cref="InvalidValueException">People are no guests.</exception>
    internal static void DemandRole(Role role)
    {
        if (role is not (Role.Viewer or Role.Operator or Role.Administrator))
        {
            throw new InvalidValueException(new InvalidValue("role", role.ToString(), Allowed.OneOf("Viewer, Operator, Administrator")));
        }
    }

    private async Task<IdentityResult> CreateAsync(PiCamUser user, string password)
    {
        try
        {
            return await scopes.WithUsersAsync(users => users.CreateAsync(user, password)).ConfigureAwait(false);
        }
        catch (DbUpdateException) when (user.UserName is { } name)
        {
            // Somebody else took the name between the look and the writing.
            throw new PeopleException(PeopleFault.NameTaken(name));
        }
    }

    // In one transaction that is a writer from its beginning: of two administrators who demote each other at once, one is told no.
    private async Task<PiCamUser> ChangeAsync(
        Caller caller, string id, Func<PiCamDbContext, PiCamUser, Task> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(id);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var user = await context.Users.SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false)
                    ?? throw new PeopleException(PeopleFault.UnknownName(id));
                var had = await HasAdministratorAsync(context, cancellationToken).ConfigureAwait(false);
                await change(context, user).ConfigureAwait(false);

                // Who changes the same person by other means has read a former state and must not write it back.
                user.ConcurrencyStamp = Guid.NewGuid().ToString();
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                if (had && !await HasAdministratorAsync(context, cancellationToken).ConfigureAwait(false))
                {
                    throw new PeopleException(PeopleFault.LastAdministrator);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return user;
            }
        }
    }

    private static Task<bool> HasAdministratorAsync(PiCamDbContext context, CancellationToken cancellationToken) =>
        context.Users.AnyAsync(row => row.Role == Role.Administrator && !row.IsDisabled, cancellationToken);
}

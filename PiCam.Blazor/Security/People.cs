using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Who can sign in.</summary>
public sealed class People(UserManager<PiCamUser> users)
{
    private const int LongestName = 64;

    /// <summary>Adds a person.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">1 to 64 characters, unique without regard to case.</param>
    /// <param name="password">At least <see cref="Passwords.ShortestPassword"/> characters.</param>
    /// <param name="role">What the person is trusted with.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used, or the password is too weak.</exception>
    public async Task<PiCamUser> AddAsync(Caller caller, string name, string password, Role role)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(name);
        caller.Demand(Permission.ManagePeople);
        if (name.Trim() != name || name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new PeopleException(
                PeopleError.UnusableName, "A user name has 1 to 64 characters, and no space at its ends.");
        }

        var user = new PiCamUser { UserName = name, Role = role };
        ThrowUnless(await users.CreateAsync(user, password).ConfigureAwait(false), name);
        return user;
    }

    /// <summary>Everybody, by name.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<PiCamUser>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        return await users.Users.AsNoTracking().OrderBy(user => user.NormalizedUserName)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a person a new password, lifts a lock-out and ends all their sessions.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is nobody of that name, or the password is too weak.</exception>
    public async Task ResetPasswordAsync(Caller caller, string name, string password)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(name);
        caller.Demand(Permission.ManagePeople);
        var user = await users.FindByNameAsync(name).ConfigureAwait(false)
            ?? throw new PeopleException(PeopleError.UnknownName, $"There is no user {name}.");
        foreach (var validator in users.PasswordValidators)
        {
            ThrowUnless(await validator.ValidateAsync(users, user, password).ConfigureAwait(false), name);
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;

        // Stores the whole user; the new stamp is what ends the sessions.
        ThrowUnless(await users.UpdateSecurityStampAsync(user).ConfigureAwait(false), name);
    }

    private static void ThrowUnless(IdentityResult result, string name)
    {
        if (result.Succeeded)
        {
            return;
        }

        var codes = result.Errors.Select(error => error.Code).ToList();
        if (codes.Contains(nameof(IdentityErrorDescriber.DuplicateUserName)))
        {
            throw new PeopleException(PeopleError.NameTaken, $"There is a user {name} already.");
        }

        if (codes.Exists(code => code.StartsWith("Password", StringComparison.Ordinal)))
        {
            throw new PeopleException(
                PeopleError.WeakPassword, $"The password needs at least {Passwords.ShortestPassword} characters.");
        }

        throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }
}

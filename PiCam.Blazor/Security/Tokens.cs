using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Bearer tokens for programs: issued once, stored hashed.</summary>
public sealed class Tokens(IDbContextFactory<PiCamDbContext> contexts, TimeProvider time)
{
    private const string Prefix = "picam_";
    private const int LongestName = 64;

    /// <summary>Makes a token and returns it; it cannot be read again.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">What its owner calls it; 1 to 64 characters, unique without regard to case.</param>
    /// <param name="role">What the token is trusted with.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used.</exception>
    public async Task<string> AddAsync(Caller caller, string name, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(name);
        caller.Demand(Permission.ManagePeople);
        if (name.Trim() != name || name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new PeopleException(PeopleError.UnusableName, "A token's name has 1 to 64 characters, none at the ends being a space.");
        }

        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(256 / 8));
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (await context.ApiTokens.AnyAsync(row => row.Name == name, cancellationToken).ConfigureAwait(false))
            {
                throw new PeopleException(PeopleError.NameTaken, $"There is a token {name} already.");
            }

            context.ApiTokens.Add(new ApiToken { Name = name, Role = role, Hash = HashOf(token), CreatedAt = time.GetUtcNow() });
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return token;
    }

    /// <summary>All tokens, by name.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await context.ApiTokens.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a token worthless at once.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is no such token.</exception>
    public async Task RevokeAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (await context.ApiTokens.Where(row => row.Name == name).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new PeopleException(PeopleError.UnknownName, $"There is no token {name}.");
            }
        }
    }

    /// <summary>The token that was presented; null when it is unknown or revoked.</summary>
    public async Task<ApiToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        // The look-up compares hashes, not tokens: how long it takes says nothing about the token.
        var hash = HashOf(token);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await context.ApiTokens.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
        }
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Audit;

/// <summary>Reads what people did, and lets go of what is too old.</summary>
public sealed class AuditLog(IDbContextFactory<PiCamDbContext> contexts, ISettingsStore settings, IAuditTrail audit, TimeProvider time)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 100;

    /// <summary>However young: about 40 MB. Wrong guesses of strangers do not count.</summary>
    public const int Most = 200_000;

    /// <summary>Of wrong guesses by who is not signed in, however young: a flood of them washes out nothing but their like.</summary>
    public const int MostFailures = 20_000;

    private const int ShortestDays = 7;
    private const int LongestDays = 3650;
    private const string Key = "audit.retention";

    private static readonly AuditRetention Default = new(365);

    /// <summary>The newest first, a page at a time.</summary>
    /// <param name="caller">Needs <see cref="Permission.ReadAudit"/>.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="before">The last entry of the page before; null: the first page.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(Caller caller, AuditQuery query, long? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        caller.Demand(Permission.ReadAudit);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = context.AuditRows.AsNoTracking().Where(row => before == null || row.Id < before);
            if (query.Text.Trim() is { Length: > 0 } text)
            {
                var like = "%" + text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
                rows = rows.Where(row => EF.Functions.Like(row.Who, like, "\\")
                    || EF.Functions.Like(row.Subject!, like, "\\") || EF.Functions.Like(row.Address!, like, "\\"));
            }

            if (query.Action is { } action)
            {
                rows = rows.Where(row => row.Action == action);
            }

            if (query.From is { } from)
            {
                rows = rows.Where(row => row.At >= from);
            }

            if (query.Until is { } until)
            {
                rows = rows.Where(row => row.At < until);
            }

            return await rows.OrderByDescending(row => row.Id).Take(PageSize).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>For how long entries are kept, in days.</summary>
    public async Task<int> RetentionDaysAsync(CancellationToken cancellationToken) =>
        Math.Clamp((await settings.LoadAsync<AuditRetention>(Key, cancellationToken).ConfigureAwait(false) ?? Default).Days, ShortestDays, LongestDays);

    /// <summary>Says for how long entries are kept.</summary>
    /// <param name="caller">Needs <see cref="Permission.ReadAudit"/>.</param>
    /// <param name="days">7 to 3650.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The days are out of range.</exception>
    public async Task SetRetentionDaysAsync(Caller caller, int days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ReadAudit);
        if (days is < ShortestDays or > LongestDays)
        {
            throw new InvalidValueException(new InvalidValue("auditDays", $"{days}", Allowed.WholeRange($"{ShortestDays}", $"{LongestDays}")));
        }

        await settings.SaveAsync(Key, new AuditRetention(days), cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.SettingChanged, $"audit: {days} d");
        await RemoveOldAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets go of what is too old, and of what is too much.</summary>
    internal async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(await RetentionDaysAsync(cancellationToken).ConfigureAwait(false));
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.AuditRows.Where(row => row.At < oldest).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await KeepAsync(context.AuditRows.Where(row => row.WhoId == null), MostFailures, cancellationToken).ConfigureAwait(false);
            await KeepAsync(context.AuditRows.Where(row => row.WhoId != null), Most, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task KeepAsync(IQueryable<AuditRow> rows, int most, CancellationToken cancellationToken)
    {
        var last = await rows.OrderByDescending(row => row.Id).Skip(most).Select(row => (long?)row.Id)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        await rows.Where(row => row.Id <= last).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}

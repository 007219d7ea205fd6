using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PiCam.Blazor.Data;

/// <summary>
/// Asks SQLite to sync at every commit. In WAL mode NORMAL would lose the last commits in a power cut, and what PiCam
/// acknowledged (a password, a setting) must be on disk; PiCam commits a few times a second at most.
/// </summary>
internal sealed class DurableWrites : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA synchronous = FULL";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragma;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

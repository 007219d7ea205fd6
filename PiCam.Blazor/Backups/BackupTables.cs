using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace PiCam.Blazor.Backups;

/// <summary>
/// The tables of people and tokens, row by row, whatever columns they have. What ends soon (sessions, invitations), what people did and what
/// can be found again (the library's index) is not among them.
/// </summary>
internal static class BackupTables
{
    /// <summary>Those that others refer to come first.</summary>
    public static readonly IReadOnlyList<string> Names = ["AspNetUsers", "AspNetUserClaims", "AspNetUserLogins", "AspNetUserTokens", "AspNetUserPasskeys", "ApiTokens", "GuestLinks"];

    /// <summary>All rows of those tables that the database has.</summary>
    public static async Task<Dictionary<string, BackupTable>> ReadAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<string, BackupTable>();
        foreach (var name in Names)
        {
            var columns = await ColumnsAsync(connection, transaction, name, cancellationToken).ConfigureAwait(false);
            if (columns.Count == 0)
            {
                continue;
            }

            var rows = new List<IReadOnlyList<JsonElement>>();
            var command = Command(connection, transaction, $"SELECT {string.Join(", ", columns.Select(Quoted))} FROM {Quoted(name)}");
            await using (command.ConfigureAwait(false))
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        rows.Add([.. Enumerable.Range(0, columns.Count).Select(column => Written(reader.GetValue(column)))]);
                    }
                }
            }

            tables[name] = new BackupTable(columns, rows);
        }

        return tables;
    }

    /// <summary>Replaces all rows of the tables that are given.</summary>
    /// <exception cref="BackupRefusedException">The database does not have such columns.</exception>
    /// <exception cref="DbException">The database refuses a row.</exception>
    public static async Task WriteAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyDictionary<string, BackupTable> tables, CancellationToken cancellationToken)
    {
        // Rows may refer to rows that come later.
        await RunAsync(connection, transaction, "PRAGMA defer_foreign_keys = ON", [], cancellationToken).ConfigureAwait(false);
        var given = Names.Where(tables.ContainsKey).ToList();
        foreach (var name in Enumerable.Reverse(given))
        {
            await RunAsync(connection, transaction, $"DELETE FROM {Quoted(name)}", [], cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in given)
        {
            var table = tables[name];
            var columns = await ColumnsAsync(connection, transaction, name, cancellationToken).ConfigureAwait(false);

            // They become part of a statement, so only names that the database itself says.
            if (table.Columns is null || table.Rows is null || table.Columns.Count == 0 || table.Columns.Distinct().Count() != table.Columns.Count
                || table.Columns.Any(column => !columns.Contains(column)))
            {
                throw new BackupRefusedException(BackupFault.DoesNotFit($"the columns of {name} are others"));
            }

            var sql = $"INSERT INTO {Quoted(name)} ({string.Join(", ", table.Columns.Select(Quoted))}) "
                + $"VALUES ({string.Join(", ", table.Columns.Select((_, index) => Parameter(index)))})";
            foreach (var row in table.Rows)
            {
                if (row is null || row.Count != table.Columns.Count)
                {
                    throw new BackupRefusedException(BackupFault.DoesNotFit($"a row of {name} has another length"));
                }

                await RunAsync(connection, transaction, sql, [.. row.Select(Read)], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(
        DbConnection connection, DbTransaction transaction, string table, CancellationToken cancellationToken)
    {
        var columns = new List<string>();
        var command = Command(connection, transaction, $"SELECT name FROM pragma_table_info('{table}')");
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    columns.Add(reader.GetString(0));
                }
            }
        }

        return columns;
    }

    private static async Task RunAsync(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        var command = Command(connection, transaction, sql);
        await using (command.ConfigureAwait(false))
        {
            foreach (var (index, value) in values.Index())
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (Parameter(index), value);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names of this class and of the database's own columns; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"$p{index}");

    private static JsonElement Written(object value) => JsonSerializer.SerializeToElement(value switch
    {
        DBNull => null,
        byte[] bytes => new[] { Convert.ToBase64String(bytes) },
        _ => value,
    });

    private static object Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => DBNull.Value,
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.Array when value.GetArrayLength() == 1 => value[0].GetBytesFromBase64(),
        _ => throw new BackupRefusedException(BackupFault.NotABackup),
    };
}

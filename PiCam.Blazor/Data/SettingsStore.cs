using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Data;

/// <summary>Settings as JSON, one row per key.</summary>
public sealed partial class SettingsStore(IDbContextFactory<PiCamDbContext> contexts, ILogger<SettingsStore> logger) : ISettingsStore
{
    // Names rather than numbers, so that an enum may be reordered without changing what is stored.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public async ValueTask<T?> LoadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var setting = await context.Settings.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Key == key, cancellationToken).ConfigureAwait(false);
            if (setting is null)
            {
                return null;
            }

            try
            {
                return JsonSerializer.Deserialize<T>(setting.Value, Json);
            }
            catch (JsonException exception)
            {
                LogUnreadable(key, exception.Message);
                return null;
            }
        }
    }

    public async ValueTask SaveAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        var json = JsonSerializer.Serialize(value, Json);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            // One statement is one transaction: a reader, or a power cut, sees the old value or the new one.
            await context.Database.ExecuteSqlAsync(
                $"""INSERT INTO "Settings" ("Key", "Value") VALUES ({key}, {json}) ON CONFLICT ("Key") DO UPDATE SET "Value" = excluded."Value" """,
                cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.Settings.Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored setting {Key} cannot be read and is ignored: {Reason}")]
    private partial void LogUnreadable(string key, string reason);
}

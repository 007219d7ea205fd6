using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PiCam.Core.Media;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Data;

public static class ServiceCollectionExtensions
{
    /// <summary>The data folder, its database, the settings store and the library's index. Nothing is created before the host starts.</summary>
    /// <exception cref="StartUp.StartUpException">There is no place for the data folder.</exception>
    public static IServiceCollection AddPiCamData(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = new DataFolder(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(folder);
        services.Configure<IdentityOptions>(PiCamDbContext.Configure);
        // Pooled: every open stream and page asks again and again whether its reader is still welcome, and a context made for that is 50 KB.
        services.AddPooledDbContextFactory<PiCamDbContext>(options => options
            .UseSqlite(ConnectionString(folder))
            .AddInterceptors(new DurableWrites()));
        services.AddSingleton<DatabasePreparation>();
        services.AddSingleton<DatabaseWatcher>();
        services.AddSingleton<ISettingsStore, SettingsStore>();
        services.AddSingleton<IMediaIndex, MediaIndex>();

        // The discriminator ties cookies to PiCam, not to the folder that it happens to be installed in.
        services.AddDataProtection()
            .SetApplicationName("PiCam")
            .PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        return services;
    }

    private static string ConnectionString(DataFolder folder) => new SqliteConnectionStringBuilder
    {
        DataSource = folder.Database,
        ForeignKeys = true,

        // Seconds to wait for another writer: the command line, or a slow card.
        DefaultTimeout = 10,
    }.ToString();
}

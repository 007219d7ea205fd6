using PiCam.Blazor.Audit;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.CommandLine;

/// <summary>The part of the panel that commands need: its database, and people and tokens in it. No server, no camera.</summary>
internal static class CommandServices
{
    /// <summary>Whoever has the console owns the panel.</summary>
    public static Caller Caller { get; } = Caller.System with { Name = $"{Environment.UserName} (console)", Session = "console" };

    /// <summary>Runs <paramref name="action"/> on the data folder of <c>PICAM_DATA</c>, which is made if it is not there.</summary>
    /// <param name="action">The command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="args">Configuration that stands on the command line.</param>
    /// <exception cref="StartUp.StartUpException">The data folder or its database cannot be used.</exception>
    public static async Task RunAsync(Func<IServiceProvider, Task> action, CancellationToken cancellationToken, params string[] args)
    {
        // From where the panel reads it too, or the two would work on different folders.
        using var configuration = DataFolder.ConfigurationOf(args);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddPiCamData(configuration);
        services.AddPiCamPeople();
        services.AddSingleton<AlwaysHttps>();

        // Only when it is asked for: a broken file must not keep anybody from a new password.
        services.AddSingleton(provider => PanelConfiguration.AddTo(
            configuration, new PanelFile(provider.GetRequiredService<DataFolder>().Settings), []));
        services.AddSingleton(PanelApplication.Trial);
        services.AddSingleton<SettingsCheck>();
        PanelApplication.AddCameraFinder(services, configuration);
        services.AddPiCamBackups();
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            await provider.GetRequiredService<DatabasePreparation>().PrepareAsync(cancellationToken).ConfigureAwait(false);
            var scope = provider.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                try
                {
                    await action(scope.ServiceProvider).ConfigureAwait(false);
                }
                finally
                {
                    // What was refused is written down, too; a disk that takes nothing must not hold the command up for ever.
                    await provider.GetRequiredService<AuditTrail>().StopAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}

using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.CommandLine;

/// <summary>The part of the panel that commands need: its database, and people and tokens in it. No server, no camera.</summary>
internal static class CommandServices
{
    /// <summary>Runs <paramref name="action"/> on the data folder of <c>PICAM_DATA</c>, which is made if it is not there.</summary>
    /// <exception cref="StartUp.StartUpException">The data folder or its database cannot be used.</exception>
    public static async Task RunAsync(Func<IServiceProvider, Task> action, CancellationToken cancellationToken)
    {
        // From where the panel reads it too, or the two would work on different folders.
        var configuration = DataFolder.ConfigurationOf();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddPiCamData(configuration);
        services.AddPiCamPeople();
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            await provider.GetRequiredService<DatabasePreparation>().PrepareAsync(cancellationToken).ConfigureAwait(false);
            var scope = provider.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await action(scope.ServiceProvider).ConfigureAwait(false);
            }
        }
    }
}

using PiCam.Blazor.Audit;
using PiCam.Blazor.Certificates;
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
    /// <exception cref="StartUp.StartUpException">The data folder or its database cannot be used.</exception>
    public static async Task RunAsync(Func<IServiceProvider, Task> action, CancellationToken cancellationToken)
    {
        // From where the panel reads it too, or the two would work on different folders.
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddPiCamData(configuration);
        services.AddPiCamPeople();
        services.AddSingleton<AlwaysHttps>();
        var provider = services.BuildServiceProvider();
        await using (provider.ConfigureAwait(false))
        {
            await provider.GetRequiredService<DatabasePreparation>().PrepareAsync(cancellationToken).ConfigureAwait(false);
            var scope = provider.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await action(scope.ServiceProvider).ConfigureAwait(false);
                await provider.GetRequiredService<AuditTrail>().FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

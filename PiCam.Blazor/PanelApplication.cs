using Microsoft.Extensions.Options;
using PiCam.Blazor.Account;
using PiCam.Blazor.Api;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.CommandLine;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Blazor.Streams;
using PiCam.Core;
using PiCam.Hardware;

namespace PiCam.Blazor;

/// <summary>The panel: what it is made of, in order.</summary>
public static class PanelApplication
{
    /// <summary>Tries whether a panel could start with a configuration.</summary>
    internal static ConfigurationTrial Trial { get; } = new(AddParts);

    /// <summary>Builds the panel; nothing is created and no port is opened before it starts.</summary>
    /// <param name="args">Configuration, such as <c>--urls http://0.0.0.0:8081</c> or <c>--Camera:Source=simulated</c>.</param>
    /// <param name="configure">Replaces parts, for tests.</param>
    /// <exception cref="StartUpException">There is no place for the data folder.</exception>
    /// <exception cref="OptionsValidationException">The configuration cannot be used.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null) => Build(args, configure, refused: []);

    /// <summary>Runs the panel until it is told to stop; builds it anew each time that somebody asks for a restart.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var warmUp = Task.Run(DatabaseWarmUp.RunAsync);
            using var configuration = DataFolder.ConfigurationOf(args);
            var folder = new DataFolder(configuration);
            var run = new PanelRun(
                () => RestoreAsync(folder, args), refused => RouteWarmUp.Begin(Build(args, configure: null, refused)), new PanelFile(folder.Settings), Console.Error,
                TimeProvider.System);
            await run.RunAsync().ConfigureAwait(false);

            // What failed there failed for the panel's own database, too, and has been said.
            await ((Task)warmUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception exception) when (StartUpFailure.Explain(exception) is { } reasons)
        {
            foreach (var reason in reasons)
            {
                await Console.Error.WriteLineAsync(reason).ConfigureAwait(false);
            }

            return 1;
        }
    }

    // While nothing of the panel runs.
    private static Task RestoreAsync(DataFolder folder, string[] args) => File.Exists(folder.Restore)
        ? CommandServices.RunAsync(
            async services =>
            {
                if (await services.GetRequiredService<StagedRestore>().ApplyAsync(CancellationToken.None).ConfigureAwait(false) is { } failure)
                {
                    await Console.Error.WriteLineAsync(failure).ConfigureAwait(false);
                }
            },
            CancellationToken.None,
            args)
        : Task.CompletedTask;

    /// <summary>For commands, which run no camera.</summary>
    internal static void AddCameraFinder(IServiceCollection services, IConfiguration configuration) => services.AddPiCamCameraFinder(configuration);

    private static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure, IReadOnlyList<string> refused)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Not the present folder: the panel's own files lie beside its program, wherever it was started from.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(PanelApplication).Assembly.GetName().Name,
        });
        builder.AddPiCamSettings(refused, Trial);
        builder.Services.AddPiCamBackups();
        builder.AddPiCamHosting();
        AddParts(builder.Services, builder.Configuration);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<KnownProxies>().Use(app);
        app.UsePiCamErrorPages();
        app.UsePiCamSecurity();
        app.UsePiCamApi();
        app.MapPiCamCertificates();
        app.MapPiCamAccount();
        app.MapPiCamPanel();
        app.MapPiCamApi();

        // The framework would do it only when it starts the server: from here on, what is mapped is known.
        app.UseEndpoints(_ => { });
        return app;
    }

    /// <summary>Everything whose options a start checks.</summary>
    private static void AddParts(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPiCamCore();
        services.AddPiCamHardware(configuration);
        services.AddPiCamBoard(provider => provider.GetRequiredService<DataFolder>().Path);
        services.AddPiCamMedia(configuration, provider => provider.GetRequiredService<DataFolder>().Media);
        services.AddPiCamData(configuration);
        services.AddPiCamSecurity(configuration);
        services.AddPiCamCertificates(configuration);
        services.AddPiCamAccount();
        services.AddPiCamPanel();
        services.AddPiCamApi();
        services.AddPiCamStreams(configuration);
    }
}

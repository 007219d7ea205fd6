using Microsoft.Extensions.Options;
using PiCam.Blazor.Account;
using PiCam.Blazor.Api;
using PiCam.Blazor.Certificates;
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
    /// <summary>Builds the panel; nothing is created and no port is opened before it starts.</summary>
    /// <param name="args">Configuration, such as <c>--urls http://0.0.0.0:8081</c> or <c>--Camera:Source=simulated</c>.</param>
    /// <param name="configure">Replaces parts, for tests.</param>
    /// <exception cref="StartUpException">There is no place for the data folder.</exception>
    /// <exception cref="OptionsValidationException">The configuration cannot be used.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Not the present folder: the panel's own files lie beside its program, wherever it was started from.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(PanelApplication).Assembly.GetName().Name,
        });
        builder.AddPiCamHosting();
        builder.Services.AddPiCamCore();
        builder.Services.AddPiCamHardware(builder.Configuration);
        builder.Services.AddPiCamBoard(provider => provider.GetRequiredService<DataFolder>().Path);
        builder.Services.AddPiCamMedia(builder.Configuration, provider => provider.GetRequiredService<DataFolder>().Media);
        builder.Services.AddPiCamData(builder.Configuration);
        builder.Services.AddPiCamSecurity(builder.Configuration);
        builder.Services.AddPiCamCertificates(builder.Configuration);
        builder.Services.AddPiCamAccount();
        builder.Services.AddPiCamPanel();
        builder.Services.AddPiCamApi();
        builder.Services.AddPiCamStreams(builder.Configuration);
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
        return app;
    }

    /// <summary>Runs the panel until it is told to stop.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var app = Build(args);
            await using (app.ConfigureAwait(false))
            {
                // The host would do it too, but only after it logged the exception.
                app.Services.GetService<IStartupValidator>()?.Validate();
                await app.StartAsync().ConfigureAwait(false);
                app.Services.GetRequiredService<StartUpPhase>().End();
                await app.WaitForShutdownAsync().ConfigureAwait(false);
            }

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
}

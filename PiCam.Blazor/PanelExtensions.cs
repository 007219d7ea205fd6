using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor;
using MudBlazor.Services;
using PiCam.Blazor.Library;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor;

/// <summary>The pages.</summary>
public static class PanelExtensions
{
    // A viewer whose link went silent is let go after this (R17); the browser reports every 3 s (wwwroot/js/start.js).
    private static readonly TimeSpan SilentViewerLimit = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddPiCamPanel(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits =>
            {
                // Pages whose connection is cut; the usual hundred would not fit a small board.
                circuits.DisconnectedCircuitMaxRetained = 20;
            })
            .AddHubOptions(hub =>
            {
                hub.ClientTimeoutInterval = SilentViewerLimit;
                hub.KeepAliveInterval = SilentViewerLimit / 3;
            });
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.TopCenter;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            mud.SnackbarConfiguration.NewestOnTop = true;

            // What has a button would otherwise stay until somebody presses it.
            mud.SnackbarConfiguration.RequireInteraction = false;
            mud.SnackbarConfiguration.VisibleStateDuration = 6000;
        });
        services.AddSingleton<RunningPanel>();
        services.AddScoped<PersonAction>();
        services.AddScoped<MediaActions>();
        services.AddSingleton<PageStreams>();
        services.AddScoped<CircuitConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        return services;
    }

    public static void MapPiCamPanel(this IEndpointRouteBuilder endpoints)
    {
        // The panel runs from here on, whoever asks for how long first.
        endpoints.ServiceProvider.GetRequiredService<RunningPanel>();
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // JPEG does not compress; trying cost three times the server's CPU (measured).
            options.DisableWebSocketCompression = true;
        });
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Privacy;
using PiCam.Core.Viewing;

namespace PiCam.Core;

public static class ServiceCollectionExtensions
{
    /// <summary>The camera session, who watches, and the gimbal. Needs an ICamera, an ISettingsStore and an ISetupState from elsewhere, and takes a GimbalHardware where there is one.</summary>
    public static IServiceCollection AddPiCamCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PrivacySwitch>();
        services.AddSingleton<CameraSession>();
        services.AddHostedService(provider => provider.GetRequiredService<CameraSession>());
        services.AddSingleton<Viewers>();
        services.AddSingleton<Gimbal>();
        services.AddHostedService(provider => provider.GetRequiredService<Gimbal>());
        return services;
    }
}

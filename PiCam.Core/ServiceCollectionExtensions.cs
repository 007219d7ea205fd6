using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PiCam.Core.Cameras;

namespace PiCam.Core;

public static class ServiceCollectionExtensions
{
    /// <summary>The camera session and the gimbal. Needs an ICamera, an ISettingsStore and an ISetupState from elsewhere.</summary>
    public static IServiceCollection AddPiCamCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CameraSession>();
        services.AddHostedService(provider => provider.GetRequiredService<CameraSession>());
        return services;
    }
}

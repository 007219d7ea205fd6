using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace PiCam.Blazor.Streams;

/// <summary>The live picture beside HTTP.</summary>
public static class ServiceCollectionExtensions
{
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Its section <c>Stream</c> says where.</param>
    public static IServiceCollection AddPiCamStreams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StreamOptions>().Bind(configuration.GetSection(StreamOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>());
        services.AddHostedService<JpegListener>();
        return services;
    }
}

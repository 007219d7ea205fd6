using Microsoft.Extensions.Options;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Configuration;

/// <summary>Tries whether PiCam could start with a configuration, by the very checks that a start runs. Nothing is started.</summary>
/// <param name="compose">Registers the parts of the panel for a configuration, as the panel's own start does.</param>
public sealed class ConfigurationTrial(Action<IServiceCollection, IConfiguration> compose)
{
    /// <summary>One sentence for each reason why it could not; empty: it could.</summary>
    public IReadOnlyList<string> Check(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        try
        {
            compose(services, configuration);
            using var provider = services.BuildServiceProvider();
            provider.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (Exception unusable) when (StartUpFailure.Explain(unusable) is { } reasons)
        {
            return reasons;
        }
    }
}

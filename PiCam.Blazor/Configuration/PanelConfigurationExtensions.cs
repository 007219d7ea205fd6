using PiCam.Blazor.Data;

namespace PiCam.Blazor.Configuration;

public static class PanelConfigurationExtensions
{
    /// <summary>The owner's own settings, and what may be asked of them. Before everything that reads the configuration.</summary>
    /// <param name="builder">The panel's.</param>
    /// <param name="refused">Why the settings before these could not be used.</param>
    /// <param name="compose">Registers all parts whose options a start checks.</param>
    /// <exception cref="StartUp.StartUpException">The file cannot be read, or there is no place for the data folder.</exception>
    public static WebApplicationBuilder AddPiCamSettings(
        this WebApplicationBuilder builder, IReadOnlyList<string> refused, Action<IServiceCollection, IConfiguration> compose)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(PanelConfiguration.AddTo(
            builder.Configuration, new PanelFile(new DataFolder(builder.Configuration).Settings), refused));
        builder.Services.AddSingleton(new ConfigurationTrial(compose));
        builder.Services.AddSingleton<PanelSettings>();
        builder.Services.AddSingleton<PanelRestart>();
        return builder;
    }
}

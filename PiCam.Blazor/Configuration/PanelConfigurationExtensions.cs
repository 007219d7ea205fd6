using PiCam.Blazor.Data;

namespace PiCam.Blazor.Configuration;

public static class PanelConfigurationExtensions
{
    /// <summary>The owner's own settings, and what may be asked of them. Before everything that reads the configuration.</summary>
    /// <param name="builder">The panel's.</param>
    /// <param name="refused">Why the settings before these could not be used.</param>
    /// <param name="trial">Tries other settings.</param>
    /// <exception cref="StartUp.StartUpException">The file cannot be read, or there is no place for the data folder.</exception>
    public static WebApplicationBuilder AddPiCamSettings(
        this WebApplicationBuilder builder, IReadOnlyList<string> refused, ConfigurationTrial trial)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(PanelConfiguration.AddTo(
            builder.Configuration, new PanelFile(new DataFolder(builder.Configuration).Settings), refused));
        builder.Services.AddSingleton(trial);
        builder.Services.AddSingleton<SettingsCheck>();
        builder.Services.AddSingleton<PanelSettings>();
        builder.Services.AddSingleton<PanelRestart>();
        return builder;
    }
}

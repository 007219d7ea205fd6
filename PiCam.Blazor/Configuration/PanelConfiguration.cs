using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace PiCam.Blazor.Configuration;

/// <summary>
/// The configuration in its three layers: what is installed, what the owner set on the page (<c>panel.json</c>), and above
/// it the environment and the command line.
/// </summary>
public sealed class PanelConfiguration
{
    private readonly Dictionary<string, string?> below;
    private readonly Dictionary<string, string?> above;

    private PanelConfiguration(
        PanelFile file, Dictionary<string, string?> below, Dictionary<string, string?> loaded, Dictionary<string, string?> above,
        IReadOnlyList<string> ignored, IReadOnlyList<string> refused)
    {
        File = file;
        this.below = below;
        Loaded = loaded;
        this.above = above;
        Ignored = ignored;
        Refused = refused;
    }

    public PanelFile File { get; }

    /// <summary>What <c>panel.json</c> said when this panel was built: what is in force.</summary>
    public IReadOnlyDictionary<string, string?> Loaded { get; }

    /// <summary>Keys that stood in it without meaning.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Why the settings before these could not be used; empty: they could.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Reads the file and puts it where it belongs: below the environment.</summary>
    /// <param name="configuration">The panel's.</param>
    /// <param name="file">The owner's file.</param>
    /// <param name="refused">Why the settings before these could not be used.</param>
    /// <exception cref="StartUp.StartUpException">The file cannot be read.</exception>
    public static PanelConfiguration AddTo(ConfigurationManager configuration, PanelFile file, IReadOnlyList<string> refused)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(file);
        var all = file.Read();
        var loaded = all.Where(pair => PanelKeys.Find(pair.Key) is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);

        // The last one without a prefix: those with one are about the host only, and lie below everything.
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var index = sources.Index().Last(source => source.Item is EnvironmentVariablesConfigurationSource { Prefix: null or "" }).Index;
        var providers = ((IConfigurationRoot)configuration).Providers.ToList();
        var keys = configuration.AsEnumerable().Select(pair => pair.Key).ToList();
        var layered = new PanelConfiguration(
            file, Values(providers[..index], keys), loaded, Values(providers[index..], keys),
            [.. all.Keys.Except(loaded.Keys, StringComparer.OrdinalIgnoreCase)], refused);
        sources.Insert(index, new MemoryConfigurationSource { InitialData = loaded });
        return layered;
    }

    /// <summary>What the file says now, with its secrets.</summary>
    public Dictionary<string, string?> Stored()
    {
        try
        {
            return File.Read().Where(pair => PanelKeys.Find(pair.Key) is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
        }
        catch (StartUp.StartUpException)
        {
            // Somebody broke it by hand since the start: what is in force is still known.
            return Loaded.ToDictionary(StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>The whole configuration as it would be with another file.</summary>
    /// <param name="values">What that file says.</param>
    public IConfigurationRoot With(IReadOnlyDictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(below).AddInMemoryCollection(values).AddInMemoryCollection(above).Build();

    /// <summary>One setting as it would be with another file.</summary>
    public PanelSetting Setting(PanelKey key, IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Read(above) is { } fixedValue ? new(key, key.Shown(fixedValue), SettingOrigin.Console)
            : key.Read(values) is { } own ? new(key, key.Shown(own), SettingOrigin.File)
            : new(key, key.Shown(key.Read(below)) ?? key.Usual, SettingOrigin.Default);
    }

    private static Dictionary<string, string?> Values(List<IConfigurationProvider> providers, IEnumerable<string> keys)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            foreach (var provider in providers)
            {
                if (provider.TryGet(key, out var value) && value is not null)
                {
                    values[key] = value;
                }
            }
        }

        return values;
    }
}

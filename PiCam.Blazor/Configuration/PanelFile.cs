using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Blazor.Data;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Configuration;

/// <summary>The owner's configuration file, <c>panel.json</c> in the data folder, and the last one with which PiCam started.</summary>
/// <param name="path">Where it is, or would be.</param>
public sealed class PanelFile(string path)
{
    // Hundreds of times what the settings need.
    private const int MostBytes = 1 << 20;

    private readonly string lastGood = path + ".last-good";
    private readonly string refused = path + ".refused";

    /// <summary>Its full name.</summary>
    public string Path => path;

    /// <summary>Whether there is another one that worked.</summary>
    public bool HasOtherLastGood => File.Exists(path) && File.Exists(lastGood) && Text(path) != Text(lastGood);

    /// <summary>What a document says, key by key of the configuration; keys that may not stand in it, too.</summary>
    /// <exception cref="FormatException">It is no JSON object of settings.</exception>
    public static Dictionary<string, string?> Parse(string json)
    {
        try
        {
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
            return new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            throw new FormatException(unreadable.Message, unreadable);
        }
    }

    /// <summary>The same as a document, in the table's order.</summary>
    public static string Format(IReadOnlyDictionary<string, string?> values)
    {
        var document = new JsonObject();
        foreach (var key in PanelKeys.All)
        {
            if (key.Read(values) is not { } value)
            {
                continue;
            }

            var parts = key.Name.Split(':');
            var section = document[parts[0]] as JsonObject;
            if (section is null)
            {
                document[parts[0]] = section = [];
            }

            section[parts[1]] = key.Kind == SettingKind.List
                ? new JsonArray([.. value.Split(' ').Select(entry => (JsonNode)entry)])
                : JsonValue.Create(value);
        }

        return document.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>What it says; nothing if it is not there.</summary>
    /// <exception cref="StartUpException">It cannot be read.</exception>
    public Dictionary<string, string?> Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return new(StringComparer.OrdinalIgnoreCase);
            }

            return new FileInfo(path).Length <= MostBytes ? Parse(File.ReadAllText(path)) : throw new FormatException("it is too long");
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartUpException(
                $"The settings in {path} cannot be read: {unreadable.Message.TrimEnd('.')}. Mend the file, or remove it to start with the usual settings.", unreadable);
        }
    }

    /// <summary>Replaces it as a whole; when this returns it is on disk.</summary>
    /// <param name="values">What it is to say; what may not stand in it is left out.</param>
    public void Write(IReadOnlyDictionary<string, string?> values) => DataFolder.WritePrivate(path, Format(values));

    /// <summary>PiCam started with it as it is.</summary>
    public void KeepLastGood()
    {
        try
        {
            var text = Text(path) ?? "{}";
            if (text != Text(lastGood))
            {
                DataFolder.WritePrivate(lastGood, text);
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // PiCam runs, and goes on running, on a full or read-only disk.
        }
    }

    /// <summary>Puts the last one that worked in its place; it stays beside it.</summary>
    public void UseLastGood()
    {
        if (File.Exists(path))
        {
            File.Move(path, refused, overwrite: true);
        }

        DataFolder.WritePrivate(path, File.ReadAllText(lastGood));
    }

    /// <summary>Undoes <see cref="UseLastGood"/>, for what was not its fault.</summary>
    public void UseRefused()
    {
        if (File.Exists(refused))
        {
            File.Move(refused, path, overwrite: true);
        }
    }

    private static string? Text(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}

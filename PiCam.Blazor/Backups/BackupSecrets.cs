using PiCam.Blazor.Configuration;

namespace PiCam.Blazor.Backups;

/// <summary>What of a panel's settings is secret, and therefore only in encrypted backups.</summary>
internal static class BackupSecrets
{
    // The address of a broadcast holds a password or a stream's key.
    private static readonly string[] Settings = ["broadcast"];

    // A camera's address needs its source, and a source its address.
    private static readonly string[] Camera = ["Camera:Source", "Camera:Path", "Camera:Id"];

    /// <summary>The content without what is secret, and the keys of what that is.</summary>
    public static (BackupContent Content, IReadOnlyList<string> Omitted) Remove(BackupContent content)
    {
        var isSecretCamera = content.Panel.GetValueOrDefault("Camera:Path") is { } path && SecretAddress.HasSecret(path);
        string[] omitted =
        [
            .. Settings.Where(content.Settings.ContainsKey),
            .. isSecretCamera ? Camera.Where(content.Panel.ContainsKey) : [],
        ];
        return (
            new BackupContent
            {
                Settings = content.Settings.Where(pair => !omitted.Contains(pair.Key)).ToDictionary(),
                Panel = content.Panel.Where(pair => !omitted.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(),
            },
            omitted);
    }

    /// <summary>Whether a restore leaves this key as it is, because the backup leaves it out.</summary>
    public static bool Stays(string key, IReadOnlyList<string> omitted) =>
        omitted.Contains(key, StringComparer.OrdinalIgnoreCase)
        || (Camera.Contains(key, StringComparer.OrdinalIgnoreCase) && omitted.Any(one => Camera.Contains(one, StringComparer.OrdinalIgnoreCase)));
}

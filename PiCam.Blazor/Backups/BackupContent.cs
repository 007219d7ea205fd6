namespace PiCam.Blazor.Backups;

/// <summary>What a backup brings back.</summary>
public sealed record BackupContent
{
    /// <summary>The settings of the database: JSON by key.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>What <c>panel.json</c> says, by the keys of the configuration.</summary>
    public Dictionary<string, string?> Panel { get; init; } = [];

    /// <summary>People and tokens, by table; null: they stay as they are.</summary>
    public Dictionary<string, BackupTable>? Tables { get; init; }

    /// <summary>Certificates and their keys, by file name.</summary>
    public Dictionary<string, byte[]> Certificates { get; init; } = [];
}

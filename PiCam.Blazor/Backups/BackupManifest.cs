namespace PiCam.Blazor.Backups;

/// <summary>What a backup says of itself. Its bytes are authenticated with the encrypted entry.</summary>
public sealed record BackupManifest
{
    /// <summary>The format that this version of PiCam writes.</summary>
    public const int Current = 1;

    public int Format { get; init; } = Current;

    /// <summary>Of the PiCam that wrote it.</summary>
    public string Version { get; init; } = "";

    public DateTimeOffset Made { get; init; }

    /// <summary>The last migration of the database that the rows come from.</summary>
    public string Schema { get; init; } = "";

    /// <summary>What was left out because it is secret: keys of settings and of the configuration.</summary>
    public IReadOnlyList<string> Omitted { get; init; } = [];

    /// <summary>The SHA-256 of each entry that is not encrypted, in hexadecimal digits.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: nothing is encrypted.</summary>
    public BackupEncryption? Encryption { get; init; }
}

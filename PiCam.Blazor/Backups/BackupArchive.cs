using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PiCam.Blazor.Configuration;

namespace PiCam.Blazor.Backups;

/// <summary>A backup as one file: a zip of a few entries of known names, some of it encrypted.</summary>
internal static class BackupArchive
{
    /// <summary>The longest file that is read.</summary>
    public const int MostBytes = 20 << 20;

    private const string Manifest = "manifest.json";
    private const string Settings = "settings.json";
    private const string Panel = "panel.json";
    private const string Secrets = "secrets.bin";

    // Of all entries together, unpacked.
    private const int MostUnpacked = 64 << 20;

    private const int MostEntries = 16;

    // The kind of a file in the upper half of a zip entry's attributes, as Unix has it.
    private const int KindMask = 0xF000;
    private const int LinkKind = 0xA000;

    private static readonly string[] Known = [Manifest, Settings, Panel, Secrets];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Packs a backup.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="manifest">Version, time and schema of it.</param>
    /// <param name="passphrase">Encrypts what is secret; null: that is left out.</param>
    public static byte[] Write(BackupContent content, BackupManifest manifest, string? passphrase)
    {
        var (open, omitted) = BackupSecrets.Remove(content);
        var settings = JsonSerializer.SerializeToUtf8Bytes(open.Settings, Json);
        var panel = Encoding.UTF8.GetBytes(PanelFile.Format(open.Panel));
        var whole = manifest with
        {
            Omitted = passphrase is null ? omitted : [],
            Hashes = new Dictionary<string, string> { [Settings] = Hash(settings), [Panel] = Hash(panel) },
            Encryption = passphrase is null ? null : BackupCipher.NewEncryption(),
        };
        var head = JsonSerializer.SerializeToUtf8Bytes(whole, Json);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Against damage where nothing is encrypted.
            zip.Comment = Hash(head);
            Add(zip, Manifest, head);
            Add(zip, Settings, settings);
            Add(zip, Panel, panel);
            if (passphrase is not null)
            {
                Add(zip, Secrets, BackupCipher.Encrypt(JsonSerializer.SerializeToUtf8Bytes(content, Json), passphrase, whole.Encryption!, head));
            }
        }

        return file.ToArray();
    }

    /// <summary>Unpacks a backup that anybody may have made.</summary>
    /// <exception cref="BackupRefusedException">It cannot be used; says why.</exception>
    public static (BackupManifest Manifest, BackupContent Content) Read(byte[] file, string? passphrase)
    {
        try
        {
            return ReadEntries(Unpack(file), passphrase);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or NotSupportedException or ArgumentException
            or OverflowException or JsonException or FormatException or InvalidOperationException or CryptographicException)
        {
            throw new BackupRefusedException(BackupFault.NotABackup, damaged);
        }
    }

    private static (BackupManifest Manifest, BackupContent Content) ReadEntries((Dictionary<string, byte[]> Entries, string Comment) zip, string? passphrase)
    {
        var entries = zip.Entries;
        var head = entries.GetValueOrDefault(Manifest) ?? throw new BackupRefusedException(BackupFault.NotABackup);
        var manifest = JsonSerializer.Deserialize<BackupManifest>(head, Json) ?? throw new JsonException();
        if (manifest.Format > BackupManifest.Current)
        {
            throw new BackupRefusedException(BackupFault.Newer(Short(manifest.Version ?? "")));
        }

        var isWhole = zip.Comment == Hash(head) && manifest is { Format: BackupManifest.Current, Hashes: not null, Omitted: not null, Version: not null, Schema: not null }
            && new[] { Settings, Panel }.All(name => entries.TryGetValue(name, out var bytes) && manifest.Hashes.GetValueOrDefault(name) == Hash(bytes))
            && manifest.Omitted.All(key => key is not null) && entries.ContainsKey(Secrets) == manifest.Encryption is not null;
        if (!isWhole)
        {
            throw new BackupRefusedException(BackupFault.NotABackup);
        }

        if (manifest.Encryption is null)
        {
            var settings = JsonSerializer.Deserialize<Dictionary<string, string>>(entries[Settings], Json) ?? throw new JsonException();
            return (manifest, Checked(new BackupContent { Settings = settings, Panel = PanelFile.Parse(Encoding.UTF8.GetString(entries[Panel])) }));
        }

        if (string.IsNullOrEmpty(passphrase))
        {
            throw new BackupRefusedException(BackupFault.PassphraseNeeded);
        }

        var clear = BackupCipher.Decrypt(entries[Secrets], passphrase, manifest.Encryption, head);
        return (manifest, Checked(JsonSerializer.Deserialize<BackupContent>(clear, Json) ?? throw new JsonException()));
    }

    private static BackupContent Checked(BackupContent content)
    {
        // A document may say null wherever it likes.
        if (content is not { Settings: not null, Panel: not null, Certificates: not null } || content.Certificates.ContainsValue(null!)
            || content.Tables?.Values.Any(table => table is null) == true)
        {
            throw new BackupRefusedException(BackupFault.NotABackup);
        }

        foreach (var value in content.Settings.Values)
        {
            using var _ = JsonDocument.Parse(value ?? throw new JsonException());
        }

        if (content.Panel.Keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(keys => keys.Count() > 1) is { } twice)
        {
            throw new BackupRefusedException(BackupFault.DuplicateEntry(Short(twice.Key)));
        }

        var strange = content.Panel.Keys.FirstOrDefault(key => PanelKeys.Find(key) is null)
            ?? content.Certificates.Keys.FirstOrDefault(name => !CertificateFolder.IsName(name))
            ?? content.Tables?.Keys.FirstOrDefault(name => !BackupTables.Names.Contains(name));
        return strange is null ? content : throw new BackupRefusedException(BackupFault.UnknownEntry(Short(strange)));
    }

    private static (Dictionary<string, byte[]> Entries, string Comment) Unpack(byte[] file)
    {
        if (file.Length > MostBytes)
        {
            throw new BackupRefusedException(BackupFault.TooLarge);
        }

        using var stream = new MemoryStream(file, writable: false);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.Entries.Count > MostEntries)
        {
            throw new BackupRefusedException(BackupFault.TooManyEntries);
        }

        var entries = new Dictionary<string, byte[]>();
        var left = MostUnpacked;
        foreach (var entry in zip.Entries)
        {
            if (((entry.ExternalAttributes >> 16) & KindMask) == LinkKind)
            {
                throw new BackupRefusedException(BackupFault.Link(Short(entry.FullName)));
            }

            if (!Known.Contains(entry.FullName))
            {
                throw new BackupRefusedException(BackupFault.UnknownEntry(Short(entry.FullName)));
            }

            if (entries.ContainsKey(entry.FullName))
            {
                throw new BackupRefusedException(BackupFault.DuplicateEntry(entry.FullName));
            }

            entries[entry.FullName] = Unpack(entry, left);
            left -= entries[entry.FullName].Length;
        }

        return (entries, zip.Comment);
    }

    // Counted while it is unpacked: what the entry says of its length may be a lie.
    private static byte[] Unpack(ZipArchiveEntry entry, int most)
    {
        using var packed = entry.Open();
        using var unpacked = new MemoryStream();
        var part = new byte[81_920];
        int read;
        while ((read = packed.Read(part)) > 0)
        {
            if (unpacked.Length + read > most)
            {
                throw new BackupRefusedException(BackupFault.TooLarge);
            }

            unpacked.Write(part.AsSpan(0, read));
        }

        return unpacked.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Short(string name)
    {
        var text = new string([.. name.Select(c => char.IsControl(c) ? '?' : c)]);
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using PiCam.Blazor.Backups;
using Xunit;

namespace PiCam.Tests.Blazor.Backups;

/// <summary>The file itself: what it keeps secret, and what it refuses, whoever made it.</summary>
public sealed class BackupArchiveTests
{
    private const string Passphrase = "correct horse battery staple";

    private static readonly BackupContent Content = new()
    {
        Settings = new()
        {
            ["camera.name"] = "\"Porch\"",
            ["broadcast"] = """{"address":"rtmp://relay.example/live/sentinel-key"}""",
        },
        Panel = new()
        {
            ["Camera:Source"] = "ffmpeg",
            ["Camera:Path"] = "rtsp://ana:sentinel-password@cam.lan/live",
            ["Camera:Width"] = "640",
        },
        Tables = new()
        {
            ["ApiTokens"] = new BackupTable(["Id", "Name"], [[JsonSerializer.SerializeToElement(7), JsonSerializer.SerializeToElement("sentinel-token")]]),
        },
        Certificates = new() { ["panel.pfx"] = Encoding.UTF8.GetBytes("sentinel-certificate") },
    };

    // One is enough: its key takes a while to derive.
    private static readonly byte[] Open = Write(null);
    private static readonly byte[] Encrypted = Write(Passphrase);

    [Fact]
    public void Write_WithoutAPassphrase_LeavesOutWhatIsSecretAndSaysSo()
    {
        var text = Unpacked(Open);
        Assert.DoesNotContain("sentinel", text, StringComparison.Ordinal);
        Assert.Contains("Porch", text, StringComparison.Ordinal);

        var (manifest, content) = BackupArchive.Read(Open, null);

        Assert.Equal(["Camera:Path", "Camera:Source", "broadcast"], manifest.Omitted.Order(StringComparer.Ordinal));
        Assert.Equal(["camera.name"], content.Settings.Keys);
        Assert.Equal(["Camera:Width"], content.Panel.Keys);
        Assert.Null(content.Tables);
        Assert.Empty(content.Certificates);
    }

    [Fact]
    public void Write_WithAPassphrase_KeepsAllOfItUnreadable()
    {
        Assert.DoesNotContain("sentinel", Unpacked(Encrypted), StringComparison.Ordinal);

        var (manifest, content) = BackupArchive.Read(Encrypted, Passphrase);

        Assert.True(manifest.Encryption!.Iterations >= 600_000);
        Assert.Equal(Content.Settings, content.Settings);
        Assert.Equal(Content.Panel, content.Panel);
        Assert.Equal("sentinel-token", content.Tables!["ApiTokens"].Rows[0][1].GetString());
        Assert.Equal(Content.Certificates["panel.pfx"], content.Certificates["panel.pfx"]);
    }

    [Fact]
    public void Read_WrongOrMissingPassphrase_IsSaid()
    {
        Refused("backup.wrongPassphrase", Encrypted, "another");
        Refused("backup.passphraseNeeded", Encrypted, null);
        Refused("backup.passphraseNeeded", Encrypted, "");
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("certs/../../x")]
    [InlineData("settings.json/")]
    [InlineData("media/2026/11/23/x.jpg")]
    [InlineData("C:\\x")]
    [InlineData("SETTINGS.JSON")]
    public void Read_EntryOfAnotherName_IsRefused(string name) => Refused("backup.unknownEntry", With(zip => Add(zip, name, "x")), null);

    [Fact]
    public void Read_EntryTwice_IsRefused() => Refused("backup.duplicateEntry", With(zip => Add(zip, "settings.json", "{}")), null);

    [Fact]
    public void Read_EntryThatIsALink_IsRefused() => Refused(
        "backup.link", With(zip => Add(zip, "secrets.bin", "/etc/shadow").ExternalAttributes = unchecked((int)0xA1FF0000)), null);

    [Fact]
    public void Read_TooManyEntries_IsRefused() => Refused(
        "backup.tooManyEntries", With(zip => Enumerable.Range(0, 20).ToList().ForEach(i => Add(zip, $"e{i}", "x"))), null);

    [Fact]
    public void Read_ZipBomb_IsRefusedWhateverItsHeadersSay()
    {
        var bomb = With(zip =>
        {
            using var entry = zip.CreateEntry("secrets.bin", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
            {
                entry.Write(zeros);
            }
        });
        Assert.True(bomb.Length < 1 << 20);
        Refused("backup.tooLarge", bomb, null);

        // Sizes in headers, both the local and the central one, set to a lie of 16 bytes: never more memory than the limit, never accepted.
        var size = BitConverter.GetBytes(100 << 20);
        for (var at = bomb.AsSpan().IndexOf(size); at >= 0; at = bomb.AsSpan().IndexOf(size))
        {
            BitConverter.GetBytes(16).CopyTo(bomb, at);
        }

        Assert.Throws<BackupRefusedException>(() => BackupArchive.Read(bomb, null));
    }

    [Fact]
    public void Read_LongerThanAnyBackup_IsRefused() => Refused("backup.tooLarge", new byte[BackupArchive.MostBytes + 1], null);

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "backup.newer")]
    [InlineData("\"format\": 1", "\"format\": -1", "backup.notABackup")]
    [InlineData("\"version\"", "\"version2\"", "backup.notABackup")]
    [InlineData("\"hashes\": {", "\"hashes\": null, \"x\": {", "backup.notABackup")]
    public void Read_ManifestOfAnotherKind_IsRefused(string from, string to, string code) => Refused(code, Changed(Open, "manifest.json", from, to), null);

    [Fact]
    public void Read_SettingsChangedByHand_IsRefused() => Refused("backup.notABackup", Changed(Open, "settings.json", "Porch", "Torch"), null);

    [Theory]
    [InlineData("\"iterations\": 600000", "\"iterations\": 1")]
    [InlineData("\"iterations\": 600000", "\"iterations\": 2000000000")]
    [InlineData("AES-256-GCM", "none")]
    public void Read_OtherParametersOfEncryption_AreRefusedBeforeAnyWork(string from, string to) =>
        Refused("backup.notABackup", Changed(Encrypted, "manifest.json", from, to, mendComment: true), Passphrase);

    [Fact]
    public void Read_ManifestChangedWithItsHash_IsStillAuthenticated() =>
        Refused("backup.wrongPassphrase", Changed(Encrypted, "manifest.json", "\"version\": \"9.9.9\"", "\"version\": \"9.9.8\"", mendComment: true), Passphrase);

    [Fact]
    public void Read_NullWhereThereMustBeSomething_IsRefused()
    {
        var manifest = new BackupManifest { Version = "9.9.9", Schema = "1_Some" };
        Assert.All(
            new BackupContent[]
            {
                new() { Settings = new() { ["place"] = null! } },
                new() { Settings = new() { ["place"] = "{" } },
                new() { Tables = new() { ["ApiTokens"] = null! } },
                new() { Certificates = new() { ["panel.pem"] = null! } },
            },
            content => Refused("backup.notABackup", BackupArchive.Write(content, manifest, Passphrase), Passphrase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TruncatedOrWithABitFlipped_IsRefusedOrTheSame(bool truncates)
    {
        var expected = JsonSerializer.Serialize(BackupArchive.Read(Open, null).Content);
        Gen.Int[0, (Open.Length * 8) - 1].Sample(
            bit =>
            {
                var damaged = truncates ? Open[..(bit / 8)] : [.. Open];
                if (!truncates)
                {
                    damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                try
                {
                    return JsonSerializer.Serialize(BackupArchive.Read(damaged, null).Content) == expected && !truncates;
                }
                catch (BackupRefusedException)
                {
                    return true;
                }
            },
            iter: 2000);
    }

    [Fact]
    public void Read_EncryptedWithABitFlipped_IsRefusedOrTheSame()
    {
        var expected = JsonSerializer.Serialize(BackupArchive.Read(Encrypted, Passphrase).Content);
        Gen.Int[0, (Encrypted.Length * 8) - 1].Sample(
            bit =>
            {
                byte[] damaged = [.. Encrypted];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                try
                {
                    return JsonSerializer.Serialize(BackupArchive.Read(damaged, Passphrase).Content) == expected;
                }
                catch (BackupRefusedException)
                {
                    return true;
                }
            },
            iter: 20);
    }

    private static byte[] Write(string? passphrase) => BackupArchive.Write(
        Content, new BackupManifest { Version = "9.9.9", Made = DateTimeOffset.UnixEpoch, Schema = "1_Some" }, passphrase);

    private static void Refused(string code, byte[] file, string? passphrase) =>
        Assert.Equal(code, Assert.Throws<BackupRefusedException>(() => BackupArchive.Read(file, passphrase)).Reason.Code);

    private static byte[] With(Action<ZipArchive> change)
    {
        using var file = new MemoryStream();
        file.Write(Open);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            change(zip);
        }

        return file.ToArray();
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        using var content = entry.Open();
        content.Write(Encoding.UTF8.GetBytes(text));
        return entry;
    }

    private static byte[] Changed(byte[] archive, string name, string from, string to, bool mendComment = false)
    {
        using var file = new MemoryStream();
        file.Write(archive);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            string text;
            using (var reader = new StreamReader(zip.GetEntry(name)!.Open()))
            {
                text = reader.ReadToEnd();
            }

            Assert.Contains(from, text, StringComparison.Ordinal);
            zip.GetEntry(name)!.Delete();
            var changed = text.Replace(from, to, StringComparison.Ordinal);
            Add(zip, name, changed);
            if (mendComment)
            {
                zip.Comment = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(changed)));
            }
        }

        return file.ToArray();
    }

    private static string Unpacked(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
            return reader.ReadToEnd();
        }));
    }
}

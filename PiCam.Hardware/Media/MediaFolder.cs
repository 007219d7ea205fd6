using System.Globalization;
using System.Text.RegularExpressions;
using PiCam.Core.Media;

namespace PiCam.Hardware.Media;

/// <summary>The library's files in a folder of this machine: folders 0700, files 0600.</summary>
internal sealed partial class MediaFolder : IMediaFiles
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // The last numbers of names that were taken; forgotten when there are this many.
    private const int MostRemembered = 1000;

    private readonly string root;
    private readonly ThumbnailFolder thumbnails;

    // Tells this run's temporary files from those that another run left behind.
    private readonly string run = Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <param name="root">The folder; its parent is there.</param>
    public MediaFolder(string root)
    {
        this.root = root;
        thumbnails = new ThumbnailFolder(Path.Combine(root, ".thumbnails"));
    }

    public string Begin(DateTimeOffset takenAt, string extension) => MediaDisk.Storing(() =>
    {
        var path = takenAt.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var day = Path.Combine(root, path);
        // With every new folder on disk before a file in it is called taken.
        MediaDisk.MakeFolder(day, PrivateFolder);
        if (Resolve(path + "/x") is null)
        {
            throw new IOException($"{day} is a link or lies behind one.");
        }

        return Path.Combine(day, $"{DayFolders.TemporaryPrefix}{run}-{Guid.NewGuid():n}.{extension}");
    });

    public Task WriteAsync(string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => MediaDisk.StoringAsync(async () =>
    {
        var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = PrivateFile,
        });
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        }

        return true;
    });

    public Task<long> SealAsync(string temporary, DateTimeOffset takenAt) => MediaDisk.StoringAsync(() => Task.Run(() =>
    {
        // Another program may have written it. Its time is what a found file goes by.
        File.SetUnixFileMode(temporary, PrivateFile);
        File.SetLastWriteTimeUtc(temporary, takenAt.UtcDateTime);
        using var file = File.OpenHandle(temporary, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        return RandomAccess.GetLength(file);
    }));

    public Task<string> LandAsync(string temporary, string stem) => MediaDisk.StoringAsync(() => Task.Run(() =>
    {
        var folder = Path.GetDirectoryName(temporary)!;
        var key = Path.Combine(folder, stem);
        var number = Remembered(key);
        string name;
        do
        {
            name = stem + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}")) + Path.GetExtension(temporary);
            number++;
        }
        while (!MediaDisk.TryRename(temporary, Path.Combine(folder, name)));

        Remember(key, number);
        MediaDisk.SyncFolder(folder);
        return Path.GetRelativePath(root, Path.Combine(folder, name));
    }));

    public Task ReplaceAsync(string temporary, string path) => MediaDisk.StoringAsync(() => Task.Run(() =>
    {
        var file = FullName(path) ?? throw new FileNotFoundException($"{path} is not there.");
        File.Move(temporary, file, overwrite: true);
        MediaDisk.SyncFolder(Path.GetDirectoryName(file)!);
        return true;
    }));

    public string? FullName(string path) => Resolve(path) is { } file && File.Exists(file) ? file : null;

    public void Discard(string temporary) => MediaDisk.Storing(() =>
    {
        if (Directory.Exists(Path.GetDirectoryName(temporary)))
        {
            File.Delete(temporary);
        }

        return true;
    });

    public int RemoveLeftovers(IReadOnlySet<string> spared) => MediaDisk.Storing(() =>
    {
        var mine = DayFolders.TemporaryPrefix + run;
        var removed = 0;
        foreach (var file in DayFolders.Unfinished(root))
        {
            if (!file.Name.StartsWith(mine, StringComparison.Ordinal) && !spared.Contains(file.FullName))
            {
                file.Delete();
                removed++;
            }
        }

        thumbnails.Trim();
        return removed;
    });

    public IEnumerable<MediaFile> Enumerate() =>
        from day in DayFolders.In(root)
        from file in day.EnumerateFiles("*", DayFolders.Plain)
        where file.Name[0] != '.' && MediaFormat.IsKnown(file.Name)
        select new MediaFile(Path.GetRelativePath(root, file.FullName), file.Length, file.LastWriteTimeUtc);

    public bool Exists(string path) => FullName(path) is not null;

    public Stream? Open(string path) => Resolve(path) is { } file ? MediaDisk.Open(file) : null;

    public void Remove(string path) => MediaDisk.Storing(() =>
    {
        if (Resolve(path) is { } file)
        {
            File.Delete(file);
        }

        return true;
    });

    public MediaRoom Look()
    {
        // Before the first picture there is only the folder that it will be made in.
        var folder = Directory.Exists(root) ? root : Path.GetDirectoryName(root)!;
        return new MediaRoom(MediaDisk.IsWritable(folder), MediaDisk.FreeBytes(folder));
    }

    public Task<byte[]?> LoadThumbnailAsync(string id, CancellationToken cancellationToken) => thumbnails.LoadAsync(id, cancellationToken);

    public Task SaveThumbnailAsync(string id, byte[] jpeg, CancellationToken cancellationToken) => thumbnails.SaveAsync(id, jpeg, cancellationToken);

    public void RemoveThumbnail(string id) => thumbnails.Remove(id);

    // A path of the index, on this disk. Null: it leads out, by its own words or by a link on its way.
    private string? Resolve(string path) =>
        DayFile().IsMatch(path) && !path.Contains('\0', StringComparison.Ordinal) ? MediaDisk.Way(root, path) : null;

    private int Remembered(string key)
    {
        lock (numbers)
        {
            return numbers.GetValueOrDefault(key, 1);
        }
    }

    private void Remember(string key, int number)
    {
        lock (numbers)
        {
            if (numbers.Count >= MostRemembered)
            {
                numbers.Clear();
            }

            numbers[key] = number;
        }
    }

    [GeneratedRegex(@"^\d{4}/\d{2}/\d{2}/[^/]+\z")]
    private static partial Regex DayFile();
}

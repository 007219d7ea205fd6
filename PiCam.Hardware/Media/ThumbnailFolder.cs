using PiCam.Core.Media;

namespace PiCam.Hardware.Media;

/// <summary>Small pictures by name, the oldest of which go when there are too many.</summary>
internal sealed class ThumbnailFolder(string root)
{
    /// <summary>The most that are kept; about 15 KB each.</summary>
    public const int Most = 20_000;

    // Looking through all of them takes a while on a card, so it is not done for each.
    private const int Between = 1000;

    private int saved;

    private const int IdLength = 32;

    public async Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(name), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // Made anew.
            return null;
        }
    }

    public Task SaveAsync(string name, byte[] jpeg, CancellationToken cancellationToken) => MediaDisk.StoringAsync(async () =>
    {
        var file = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var temporary = $"{file}.{Guid.NewGuid():n}";
        try
        {
            var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(jpeg, cancellationToken).ConfigureAwait(false);
            }

            // Not synced: it can be made anew. Renamed, so that nobody reads half of it.
            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (Interlocked.Increment(ref saved) % Between == 0)
        {
            Trim();
        }

        return true;
    });

    public void Remove(string id)
    {
        foreach (var file in new[] { PathOf(id), PathOf(id + IMediaFiles.StripSuffix) }.Where(File.Exists))
        {
            MediaDisk.Storing(() =>
            {
                File.Delete(file);
                return true;
            });
        }
    }

    /// <summary>Removes the oldest beyond <see cref="Most"/>.</summary>
    public void Trim()
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        var all = new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.LastWriteTimeUtc, file.FullName)).ToList();
        foreach (var (_, file) in all.OrderBy(file => file.LastWriteTimeUtc).Take(all.Count - Most))
        {
            File.Delete(file);
        }
    }

    // The end of an id is its random part.
    private string PathOf(string name) => Path.Combine(root, name[(IdLength - 2)..IdLength], name + ".jpg");
}

using System.IO.Compression;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Writes many files as one .zip while it is read: nothing of it is in memory or on disk. Stored, because pictures and films do not deflate.</summary>
internal sealed partial class MediaArchive(MediaLibrary library, Caller caller, ILogger<MediaArchive> logger)
{
    public const string ContentType = "application/zip";

    public async Task WriteAsync(IReadOnlyList<MediaItem> items, Stream output, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var target = new AsyncWrites(output);
        await using (target.ConfigureAwait(false))
        {
            var archive = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken)
                .ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                foreach (var item in items)
                {
                    await WriteAsync(archive, item, Unique(names, item.FileName), cancellationToken).ConfigureAwait(false);
                }
            }

            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Unique(HashSet<string> names, string wanted)
    {
        var number = 1;
        while (!names.Add(MediaName.Numbered(wanted, number)))
        {
            number++;
        }

        return MediaName.Numbered(wanted, number);
    }

    private async Task WriteAsync(ZipArchive archive, MediaItem item, string name, CancellationToken cancellationToken)
    {
        var file = library.Open(caller, item);
        if (file is null)
        {
            // The others are worth having.
            LogMissing(item.Path);
            return;
        }

        await using (file.ConfigureAwait(false))
        {
            var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);

            // The format's own range; it knows no zones, so the time as it was where the picture was taken.
            entry.LastWriteTime = item.TakenAt.Year is >= 1980 and < 2108 ? item.TakenAt : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var target = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                await file.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Path} is not in an archive that was asked for: its file has gone")]
    private partial void LogMissing(string path);
}

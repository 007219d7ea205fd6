using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PiCam.Core;
using PiCam.Core.Exports;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Media;

namespace PiCam.Hardware.Exports;

/// <summary>What is mounted below /media, /run/media and /mnt, and the folders that the owner named.</summary>
/// <param name="folders">Those of the owner; full names.</param>
/// <param name="library">The library's folder: copies on its own disk would take the room that it needs.</param>
/// <param name="mounts">What is mounted.</param>
/// <param name="logger">Learns of what nobody needs to mend.</param>
internal sealed partial class ExportPlaces(IReadOnlyList<string> folders, string library, MountTable mounts, ILogger<ExportPlaces> logger) : IExportPlaces
{
    // errno.h, the same on every architecture.
    private const int PermissionDenied = 13;

    // FAT knows even seconds only.
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(2);

    private static readonly string[] MountFolders = ["/media/", "/run/media/", "/mnt/"];

    public IReadOnlyList<ExportPlace> Look()
    {
        var all = mounts.Read();
        var own = MountTable.Of(library, all)?.Number;
        return
        [
            .. Plugged(all).Where(mount => mount.Number != own).Select(mount => Place(mount.Folder, mount, null)),
            .. folders.Where(Directory.Exists).Select(folder => Place(folder, MountTable.Of(folder, all), own)),
        ];
    }

    public bool IsThere(ExportPlace place) => MountTable.Of(place.Folder, mounts.Read())?.Device == place.Device;

    public Task TidyAsync(ExportPlace place) => Exporting(place, "", () =>
    {
        var folder = MediaDisk.Way(place.Folder, ExportPlace.Subfolder) ?? throw new ExportFailedException(ExportFault.Link(place.Name));
        foreach (var file in DayFolders.Unfinished(folder))
        {
            file.Delete();
        }

        return Task.FromResult(true);
    });

    public Task<bool> CopyAsync(ExportPlace place, MediaItem item, Stream content, Action<long> copied, CancellationToken cancellationToken) =>
        Exporting(place, item.FileName, async () =>
        {
            var day = ExportPlace.Subfolder + item.TakenAt.ToString("/yyyy/MM/dd", CultureInfo.InvariantCulture);
            var folder = MediaDisk.Way(place.Folder, day) ?? throw new ExportFailedException(ExportFault.Link(place.Name));
            MediaDisk.MakeFolder(folder);
            for (var number = 1; ; number++)
            {
                var target = Path.Combine(folder, MediaName.Numbered(item.FileName, number));
                if (!Path.Exists(target))
                {
                    if (await TryCopyAsync(content, target, item, replaces: false, copied, cancellationToken).ConfigureAwait(false))
                    {
                        return true;
                    }
                }
                else if (await FileComparison.IsSameAsync(content, target, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
                else if (IsFormerCopy(target, item))
                {
                    return await TryCopyAsync(content, target, item, replaces: true, copied, cancellationToken).ConfigureAwait(false);
                }
            }
        });

    // A recording gets its index some time after it was made.
    private static bool IsFormerCopy(string target, MediaItem item) =>
        item.Kind == MediaKind.Recording && RecordingPlan.IsFragmented(target) && (File.GetLastWriteTimeUtc(target) - item.TakenAt.UtcDateTime).Duration() <= SameTime;

    private static IEnumerable<MountTable.Mount> Plugged(IReadOnlyList<MountTable.Mount> all) => all.Where(
        mount => MountFolders.Any(prefix => mount.Folder.StartsWith(prefix, StringComparison.Ordinal))

            // A disk, or a share of another machine ("//nas/pictures", "nas:/pictures").
            && (mount.Device.StartsWith('/') || mount.Device.Contains(":/", StringComparison.Ordinal)));

    private static ExportPlace Place(string folder, MountTable.Mount? mount, string? own)
    {
        var name = ExportPlace.NameOf(folder);
        return new ExportPlace(folder, mount?.Device, MediaDisk.FreeBytes(folder), own is not null && mount?.Number == own ? ExportFault.SameDisk(name)
            : MediaDisk.IsWritable(folder) ? null
            : ExportFault.ReadOnly(name));
    }

    private async Task<bool> TryCopyAsync(Stream content, string target, MediaItem item, bool replaces, Action<long> copied, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(folder, $"{DayFolders.TemporaryPrefix}{Guid.NewGuid():n}");
        try
        {
            content.Position = 0;
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                var block = new byte[1 << 20];
                while (await content.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                {
                    await file.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    copied(content.Position);
                }

                await Task.Run(() => file.Flush(flushToDisk: true), CancellationToken.None).ConfigureAwait(false);
            }

            SetTime(temporary, item);
            if (replaces)
            {
                File.Move(temporary, target, overwrite: true);
            }
            else if (!MediaDisk.TryRename(temporary, target))
            {
                File.Delete(temporary);
                return false;
            }

            MediaDisk.SyncFolder(folder);
            return true;
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    // A share or a disk of another user may take files and not their times.
    private void SetTime(string file, MediaItem item)
    {
        try
        {
            File.SetLastWriteTimeUtc(file, item.TakenAt.UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNoTime(file, error.Message);
        }
    }

    // What went wrong before is told; the next export removes what is left.
    private void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogLeft(temporary, error.Message);
        }
    }

    private async Task<bool> Exporting(ExportPlace place, string fileName, Func<Task<bool>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            // What .NET makes of EFBIG.
            throw new ExportFailedException(ExportFault.TooLarge(place.Name, fileName), tooLarge);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new ExportFailedException(Explain(error, place), error);
        }
    }

    private Reason Explain(Exception error, ExportPlace place) =>
        MediaDisk.IsFull(error) ? ExportFault.Full(place.Name)
        : MediaDisk.IsReadOnly(error) || MediaDisk.Code(error) == PermissionDenied ? ExportFault.ReadOnly(place.Name)
        : !IsThere(place) ? ExportFault.Gone(place.Name)
        : ExportFault.Failed(error.Message);

    [LoggerMessage(LogLevel.Warning, "{File} has not the time of its picture: {Why}")]
    private partial void LogNoTime(string file, string why);

    [LoggerMessage(LogLevel.Warning, "{File} is left half written: {Why}")]
    private partial void LogLeft(string file, string why);
}

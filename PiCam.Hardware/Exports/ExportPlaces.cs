using System.Globalization;
using System.Text;
using PiCam.Core.Exports;
using PiCam.Core.Media;
using PiCam.Hardware.Media;

namespace PiCam.Hardware.Exports;

/// <summary>What is mounted below /media, /run/media and /mnt, and the folders that the owner named.</summary>
/// <param name="folders">Those of the owner; full names.</param>
/// <param name="mountInfo">The kernel's list of mounts, as proc(5) describes /proc/self/mountinfo.</param>
internal sealed class ExportPlaces(IReadOnlyList<string> folders, string mountInfo = "/proc/self/mountinfo") : IExportPlaces
{
    private const int BlockLength = 1 << 20;

    // What of two files of the same name and length is compared: a picture's time is at its beginning, a film's index at one of both.
    private const int Compared = 1 << 16;

    private const string TemporaryPrefix = ".new-";

    // errno.h, the same on every architecture.
    private const int PermissionDenied = 13;
    private const int FileTooLarge = 27;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    private static readonly string[] MountFolders = ["/media/", "/run/media/", "/mnt/"];

    public IReadOnlyList<ExportPlace> Look() =>
    [
        .. Mounts().Select(mount => Place(mount.Folder, mount.Device)),
        .. folders.Where(Directory.Exists).Select(folder => Place(folder, null)),
    ];

    public async Task<bool> CopyAsync(ExportPlace place, string fileName, DateTimeOffset takenAt, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var day = ExportPlace.Subfolder + takenAt.ToString("/yyyy/MM/dd", CultureInfo.InvariantCulture);
            var folder = MediaDisk.Way(place.Folder, day) ?? throw new ExportFailedException(ExportFault.Failed($"{day} on {place.Name} is a link or lies behind one."));
            Directory.CreateDirectory(folder);
            for (var number = 1; ; number++)
            {
                var target = Path.Combine(folder, MediaName.Numbered(fileName, number));
                if (!Path.Exists(target))
                {
                    if (await TryCopyAsync(content, target, takenAt, cancellationToken).ConfigureAwait(false))
                    {
                        return true;
                    }
                }
                else if (await IsSameAsync(content, target, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            throw new ExportFailedException(Explain(error, place, fileName), error);
        }
    }

    private static async Task<bool> TryCopyAsync(Stream content, string target, DateTimeOffset takenAt, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(folder, $"{TemporaryPrefix}{Guid.NewGuid():n}");
        try
        {
            content.Position = 0;
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, BlockLength, cancellationToken).ConfigureAwait(false);
                await Task.Run(() => file.Flush(flushToDisk: true), CancellationToken.None).ConfigureAwait(false);
            }

            File.SetLastWriteTimeUtc(temporary, takenAt.UtcDateTime);
            if (!MediaDisk.TryRename(temporary, target))
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

    // What went wrong before is told; that the half file cannot go either, is not: a disk that was pulled out took it along.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static async Task<bool> IsSameAsync(Stream content, string target, CancellationToken cancellationToken)
    {
        var other = MediaDisk.Open(target);
        if (other is null)
        {
            return false;
        }

        await using (other.ConfigureAwait(false))
        {
            return other.Length == content.Length
                && await IsSameAtAsync(0).ConfigureAwait(false)
                && await IsSameAtAsync(Math.Max(0, content.Length - Compared)).ConfigureAwait(false);
        }

        async Task<bool> IsSameAtAsync(long position)
        {
            (content.Position, other.Position) = (position, position);
            var (mine, theirs) = (new byte[Compared], new byte[Compared]);
            var read = await content.ReadAtLeastAsync(mine, Compared, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read == await other.ReadAtLeastAsync(theirs, Compared, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
                && mine.AsSpan(0, read).SequenceEqual(theirs.AsSpan(0, read));
        }
    }

    private static ExportPlace Place(string folder, string? device)
    {
        long? free;
        try
        {
            free = new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            free = null;
        }

        return new ExportPlace(folder, device, free, MediaDisk.IsWritable(folder));
    }

    /// <summary>A line is "36 35 98:0 /root /mount/point rw,noatime … - ext4 /dev/sda1 rw"; what is mounted over another has a later line.</summary>
    private IEnumerable<(string Folder, string Device)> Mounts()
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(mountInfo);
        }
        catch (IOException)
        {
            // No Linux: only the owner's folders.
            return [];
        }

        var mounts = from line in lines
                     let fields = line.Split(' ')
                     let dash = Array.IndexOf(fields, "-")
                     where dash > 5 && fields.Length > dash + 2
                     let folder = Unescaped(fields[4])
                     let device = Unescaped(fields[dash + 2])
                     where MountFolders.Any(prefix => folder.StartsWith(prefix, StringComparison.Ordinal))
                         // A disk, or a share of another machine ("//nas/pictures", "nas:/pictures").
                         && (device.StartsWith('/') || device.Contains(":/", StringComparison.Ordinal))
                     select (folder, device);
        return mounts.GroupBy(mount => mount.folder).Select(same => same.Last());
    }

    // Blanks and the like are three octal digits behind a backslash; the bytes are UTF-8.
    private static string Unescaped(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var bytes = new List<byte>();
        var given = Encoding.UTF8.GetBytes(field);
        for (var at = 0; at < given.Length; at++)
        {
            if (given[at] == '\\' && at + 3 < given.Length)
            {
                bytes.Add((byte)(((given[at + 1] - '0') * 64) + ((given[at + 2] - '0') * 8) + (given[at + 3] - '0')));
                at += 3;
            }
            else
            {
                bytes.Add(given[at]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private Core.Reason Explain(Exception error, ExportPlace place, string fileName) => MediaDisk.Code(error) switch
    {
        NoSpace or QuotaExceeded => ExportFault.Full(place.Name),
        ReadOnlyFileSystem or PermissionDenied => ExportFault.ReadOnly(place.Name),
        FileTooLarge => ExportFault.TooLarge(place.Name, fileName),
        _ when error is UnauthorizedAccessException => ExportFault.ReadOnly(place.Name),
        _ when Look().All(one => one.Folder != place.Folder) => ExportFault.Gone(place.Name),
        _ => ExportFault.Failed(error.Message),
    };
}

using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PiCam.Core;
using PiCam.Core.Media;

namespace PiCam.Hardware.Media;

/// <summary>What .NET's files lack: to sync a folder, to rename without overwriting, to open without following links; and what their errors mean.</summary>
internal static partial class MediaDisk
{
    // errno.h, the same on every architecture.
    private const int NotSupportedBySystem = 38;
    private const int Exists = 17;
    private const int InvalidArgument = 22;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    // fcntl.h. O_NOFOLLOW and O_DIRECTORY differ between x86 and ARM.
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int AtCurrentFolder = -100;
    private const uint NoReplace = 1;
    private const int MayWriteAndSearch = 3;

    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Runs something that writes, and says what went wrong in words for a person.</summary>
    /// <exception cref="MediaStorageException">It went wrong.</exception>
    public static T Storing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new MediaStorageException(Explain(error), error);
        }
    }

    /// <inheritdoc cref="Storing"/>
    public static async Task<T> StoringAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new MediaStorageException(Explain(error), error);
        }
    }

    /// <summary>Whether PiCam may make files in a folder; false also for root where the disk is read-only.</summary>
    public static bool IsWritable(string folder) => Access(folder, MayWriteAndSearch) == 0;

    /// <summary>What PiCam may still write to the disk of a folder; null: unknown.</summary>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns when what was made, renamed or removed in a folder is on disk.</summary>
    public static void SyncFolder(string folder)
    {
        using var handle = OpenHandle(folder, CloseOnExec);
        if (handle.IsInvalid)
        {
            throw LastError();
        }

        // Some file systems (FUSE, network) cannot sync folders; then they do it by themselves or never.
        if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
        {
            throw LastError();
        }
    }

    /// <summary>Makes a folder with all that it lies in; when this returns they are on disk.</summary>
    /// <param name="folder">Its full name; fine when it is there.</param>
    /// <param name="mode">Who may do what in new ones; null: as usual for the user.</param>
    public static void MakeFolder(string folder, UnixFileMode? mode = null)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        MakeFolder(parent, mode);
        if (mode is { } given)
        {
            Directory.CreateDirectory(folder, given);
        }
        else
        {
            Directory.CreateDirectory(folder);
        }

        SyncFolder(parent);
    }

    /// <summary>Renames in one step.</summary>
    /// <returns>False: there is a file of that name.</returns>
    public static bool TryRename(string from, string to)
    {
        if (Rename(AtCurrentFolder, from, AtCurrentFolder, to, NoReplace) == 0)
        {
            return true;
        }

        switch (Marshal.GetLastPInvokeError())
        {
            case Exists:
                return false;
            case InvalidArgument or NotSupportedBySystem:
                // A file system without this flag; nobody but this process makes names there.
                if (Path.Exists(to))
                {
                    return false;
                }

                File.Move(from, to);
                return true;
            default:
                throw LastError();
        }
    }

    /// <summary>Opens a regular file to read it; never what a link leads to, and never waits for a pipe.</summary>
    /// <returns>Null: it is not there, or no regular file.</returns>
    public static FileStream? Open(string file)
    {
        var handle = OpenHandle(file, NoFollow | NonBlocking | CloseOnExec);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }

        FileStream stream;
        try
        {
            stream = new FileStream(handle, FileAccess.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder, a device.
            handle.Dispose();
            return null;
        }

        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Where a path below a folder leads on this disk.</summary>
    /// <returns>Null: out of it, by its own words or by a link on its way.</returns>
    public static string? Way(string root, string path)
    {
        var way = root;
        foreach (var part in path.Split('/'))
        {
            way = Path.Combine(way, part);
            var entry = new FileInfo(way);
            if (part is "." or ".." || (entry.Attributes != (FileAttributes)(-1) && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)))
            {
                return null;
            }
        }

        return way;
    }

    /// <summary>The system's number of an error (errno.h), where it has one.</summary>
    public static int Code(Exception error) => error is Win32Exception native ? native.NativeErrorCode : error.HResult;

    /// <summary>Whether the disk, or PiCam's part of it, has no more room.</summary>
    public static bool IsFull(Exception error) => Code(error) is NoSpace or QuotaExceeded;

    /// <summary>Whether PiCam may not write there.</summary>
    public static bool IsReadOnly(Exception error) => Code(error) == ReadOnlyFileSystem || error is UnauthorizedAccessException;

    private static Reason Explain(Exception error) =>
        IsFull(error) ? MediaFault.Full
        : IsReadOnly(error) ? MediaFault.ReadOnly
        : MediaFault.Failed(error.Message);

    private static Win32Exception LastError() => new(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenHandle(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);
}

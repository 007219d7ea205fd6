namespace PiCam.Core.Media;

/// <summary>The library's files on disk: <c>yyyy/MM/dd/name.ext</c> below one folder, which nobody else may read.</summary>
/// <remarks>Paths are below that folder and come from <see cref="MediaFile.Path"/>; a path that leads elsewhere, also by a link, is never followed.</remarks>
public interface IMediaFiles
{
    /// <summary>Follows an id in the name of a film's small pictures side by side.</summary>
    const string StripSuffix = ".strip";

    /// <summary>A temporary file's full name, in the folder of a day. The file itself is not there yet.</summary>
    /// <param name="takenAt">Its date, as it stands, is the folder's.</param>
    /// <param name="extension">Without the dot.</param>
    /// <exception cref="MediaStorageException">The folder cannot be made.</exception>
    string Begin(DateTimeOffset takenAt, string extension);

    /// <summary>Writes a temporary file.</summary>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task WriteAsync(string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Returns when a temporary file, whoever wrote it, is on disk.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="MediaStorageException">It is not there, or cannot be synced.</exception>
    Task<long> SealAsync(string temporary, DateTimeOffset takenAt);

    /// <summary>Gives a sealed file its name, with a number if that is taken; returns when that is on disk.</summary>
    /// <param name="temporary">From <see cref="Begin"/>.</param>
    /// <param name="stem">The name without extension, fit for a file.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="MediaStorageException">It cannot be renamed.</exception>
    Task<string> LandAsync(string temporary, string stem);

    /// <summary>Puts a sealed file in the place of another one, in one step; returns when that is on disk. Who reads the old one goes on reading it.</summary>
    /// <param name="temporary">From <see cref="Begin"/>, of the same day.</param>
    /// <param name="path">The other one's.</param>
    /// <exception cref="MediaStorageException">It cannot be renamed, or there is no file in that place.</exception>
    Task ReplaceAsync(string temporary, string path);

    /// <summary>A file's full name, for programs that read it.</summary>
    /// <returns>Null: it is not there, or no file of the library's own.</returns>
    string? FullName(string path);

    /// <summary>Removes a temporary file; fine when there is none.</summary>
    void Discard(string temporary);

    /// <summary>Removes temporary files of earlier runs.</summary>
    /// <param name="spared">The full names of those that stay.</param>
    /// <returns>How many went.</returns>
    int RemoveLeftovers(IReadOnlySet<string> spared);

    /// <summary>Every file that may belong to the library, in no order; read while one goes through it.</summary>
    IEnumerable<MediaFile> Enumerate();

    /// <summary>Whether the file is there.</summary>
    bool Exists(string path);

    /// <summary>Opens a file to read it; can seek.</summary>
    /// <returns>Null: it is not there, or no file of the library's own.</returns>
    Stream? Open(string path);

    /// <summary>Removes a file; fine when there is none.</summary>
    /// <exception cref="MediaStorageException">It cannot be removed.</exception>
    void Remove(string path);

    /// <summary>Whether there is room for more.</summary>
    MediaRoom Look();

    /// <summary>A small picture that was kept by its name, an item's id and perhaps a suffix; null: none.</summary>
    Task<byte[]?> LoadThumbnailAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a small picture, until there are too many of them.</summary>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task SaveThumbnailAsync(string name, byte[] jpeg, CancellationToken cancellationToken);

    /// <summary>Forgets the small pictures of an item; fine when there are none.</summary>
    void RemoveThumbnail(string id);
}

namespace PiCam.Core.Exports;

/// <summary>The disks that somebody plugged in, the shares that are mounted, and the folders that the owner named.</summary>
public interface IExportPlaces
{
    /// <summary>Those that there are now.</summary>
    IReadOnlyList<ExportPlace> Look();

    /// <summary>Copies a file to <c>PiCam/yyyy/MM/dd/</c> of a place; where another one has its name, with a number. When this returns it is on that disk.</summary>
    /// <param name="place">One of <see cref="Look"/>.</param>
    /// <param name="fileName">Fit for every system's disk.</param>
    /// <param name="takenAt">Its date, as it stands, is the folder's.</param>
    /// <param name="content">The file; can seek.</param>
    /// <param name="cancellationToken">Gives up; nothing of this file is left then.</param>
    /// <returns>False: it is there already, with this length, beginning and end.</returns>
    /// <exception cref="ExportFailedException">It cannot be written; nothing of it is left, unless the disk is gone.</exception>
    Task<bool> CopyAsync(ExportPlace place, string fileName, DateTimeOffset takenAt, Stream content, CancellationToken cancellationToken);
}

using PiCam.Core.Media;

namespace PiCam.Core.Exports;

/// <summary>The disks that somebody plugged in, the shares that are mounted, and the folders that the owner named.</summary>
/// <remarks>A share whose machine does not answer may hold up whoever calls, but for <see cref="IsThere"/>.</remarks>
public interface IExportPlaces
{
    /// <summary>Those that there are now.</summary>
    IReadOnlyList<ExportPlace> Look();

    /// <summary>Whether the same disk is still mounted there.</summary>
    bool IsThere(ExportPlace place);

    /// <summary>Removes what an export that was cut off left half written.</summary>
    /// <exception cref="ExportFailedException">It cannot be removed.</exception>
    Task TidyAsync(ExportPlace place);

    /// <summary>
    /// Copies an item's file to <c>PiCam/yyyy/MM/dd/</c> of a place; where another one has its name, with a number. A recording that
    /// was written anew since it was copied takes the place of that copy. When this returns it is on that disk.
    /// </summary>
    /// <param name="place">One of <see cref="Look"/>.</param>
    /// <param name="item">Whose.</param>
    /// <param name="content">The file; can seek.</param>
    /// <param name="copied">Told how many bytes are copied by now.</param>
    /// <param name="cancellationToken">Gives up; nothing of this file is left then.</param>
    /// <returns>False: it is there already, with this length, beginning and end.</returns>
    /// <exception cref="ExportFailedException">It cannot be written; nothing of it is left, unless the disk is gone.</exception>
    Task<bool> CopyAsync(ExportPlace place, MediaItem item, Stream content, Action<long> copied, CancellationToken cancellationToken);
}

namespace PiCam.Core.Media;

/// <summary>Looks into films and makes others of them, nothing encoded anew. Files are named in full; those to make are not there yet.</summary>
public interface IFilmFiles
{
    /// <summary>Decodes a film, whole or cut off.</summary>
    /// <returns>What can be played of it; of what is no film: nothing.</returns>
    /// <exception cref="FilmFileException">Nobody can tell here.</exception>
    Task<FilmContent> InspectAsync(string filePath, CancellationToken cancellationToken);

    /// <summary>One picture of a film.</summary>
    /// <param name="filePath">The film.</param>
    /// <param name="at">Its time, from the film's beginning; where there is none, the next one is meant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A JPEG as large as the film; null: none can be decoded there.</returns>
    /// <exception cref="FilmFileException">Nobody can tell here.</exception>
    Task<byte[]?> FrameAsync(string filePath, TimeSpan at, CancellationToken cancellationToken);

    /// <summary>Copies a film so that its index is at its beginning, as players of the web like it; with the lowest priority.</summary>
    /// <param name="source">The film.</param>
    /// <param name="target">The copy; when this returns it is known to hold the same frames at the same times.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FilmFileException">It cannot be copied, or the copy is not the same.</exception>
    /// <exception cref="MediaStorageException">The disk does not take it.</exception>
    Task IndexAsync(string source, string target, CancellationToken cancellationToken);

    /// <summary>Copies a part of a film. It begins with the last frame before that can stand alone: with recordings up to a second early.</summary>
    /// <param name="source">The film.</param>
    /// <param name="target">The part, of the same format.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FilmFileException">It cannot be copied.</exception>
    /// <exception cref="MediaStorageException">The disk does not take it.</exception>
    Task CutAsync(string source, string target, TimeSpan from, TimeSpan to, CancellationToken cancellationToken);
}

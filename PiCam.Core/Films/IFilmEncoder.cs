using PiCam.Core.Media;

namespace PiCam.Core.Films;

/// <summary>Makes films of pictures, with so little claim on the machine that the live view does not notice.</summary>
public interface IFilmEncoder
{
    /// <summary>Why no film can be made here; null: it can.</summary>
    Task<Reason?> FaultAsync(CancellationToken cancellationToken);

    /// <summary>Makes a film. One that cannot be made, or that is given up, may leave a part of its file; nobody writes it any more.</summary>
    /// <param name="plan">How.</param>
    /// <param name="jpegs">The pictures one after the other, in pieces of any length; a piece is valid until the next is asked for.</param>
    /// <param name="filePath">The full name of the file to make.</param>
    /// <param name="encoded">Learns how many pictures are in it so far; called a few times a second. What it throws ends the work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many pictures are in it: less than were given when some could not be decoded.</returns>
    /// <exception cref="FilmFailedException">It cannot be made.</exception>
    /// <exception cref="MediaStorageException">It cannot be kept.</exception>
    Task<int> EncodeAsync(
        FilmPlan plan, IAsyncEnumerable<ReadOnlyMemory<byte>> jpegs, string filePath, Action<int> encoded, CancellationToken cancellationToken);

    /// <summary>Decodes a film from beginning to end.</summary>
    /// <param name="filePath">The full name of its file.</param>
    /// <param name="decoded">As for <see cref="EncodeAsync"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many pictures it has; of one that is broken, fewer than could be decoded until then.</returns>
    /// <exception cref="FilmFailedException">It cannot be decoded at all.</exception>
    Task<int> CountAsync(string filePath, Action<int> decoded, CancellationToken cancellationToken);
}

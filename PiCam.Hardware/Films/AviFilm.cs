using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Media;
using PiCam.Hardware.Recordings;

namespace PiCam.Hardware.Films;

/// <summary>A film of the camera's own JPEGs, on disk.</summary>
internal sealed class AviFilm : IAsyncDisposable
{
    // The JPEGs are not encoded anew.
    private const int AsTheyAre = 100;

    private readonly FileStream stream;

    private AviFilm(FileStream stream, AviReader reader) => (this.stream, Reader) = (stream, reader);

    public AviReader Reader { get; }

    /// <returns>Null: it is no such film.</returns>
    public static async Task<AviFilm?> OpenAsync(string filePath, CancellationToken cancellationToken)
    {
        var stream = MediaDisk.Open(filePath);
        if (stream is null)
        {
            return null;
        }

        if (await AviReader.OpenAsync(stream, cancellationToken).ConfigureAwait(false) is { } reader)
        {
            return new AviFilm(stream, reader);
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <exception cref="FilmFileException">There is nothing between these times.</exception>
    /// <exception cref="MediaStorageException">The disk does not take it.</exception>
    public async Task CutAsync(string target, TimeSpan from, TimeSpan to, CancellationToken cancellationToken)
    {
        var (first, end) = (Reader.NumberAt(from), Reader.NumberAt(to));
        if (first >= end)
        {
            throw new FilmFileException(MediaFault.NothingThere);
        }

        var part = AviRecordingFile.Create(new RecordingPlan(Reader.Size, RecordingFormat.Mjpeg, AsTheyAre, Reader.FrameDuration), target);
        await using (part.ConfigureAwait(false))
        {
            for (var number = first; number < end; number++)
            {
                await part.WriteAsync(Reader.TimeOf(number), await Reader.ReadAsync(number, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }

            await part.EndAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}

using System.Runtime.CompilerServices;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Stills;
using SkiaSharp;

namespace PiCam.Core.Films;

/// <summary>A run's pictures as an encoder takes them, one in memory at a time. What is no whole JPEG is passed over.</summary>
/// <param name="library">Where they are.</param>
/// <param name="ids">Theirs, in the order of the film.</param>
internal sealed class FilmPictures(MediaLibrary library, IReadOnlyList<string> ids)
{
    // No sensor's JPEG comes near; the length of a file is nothing to trust.
    private const int MostBytes = 64 * 1024 * 1024;
    private const int Batch = 200;

    private readonly List<string> given = [];
    private byte[] buffer = [];

    /// <summary>The ids of those that the encoder got.</summary>
    public IReadOnlyList<string> Given => given;

    /// <summary>How many were passed over so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>The size, as it is stored, and the Exif orientation of the first picture that can be read; null: none can.</summary>
    public async Task<(PixelSize Size, int Orientation)?> ShapeAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(Batch))
        {
            foreach (var item in await library.FindAsync(Caller.System, batch, cancellationToken).ConfigureAwait(false))
            {
                if (await LoadAsync(item, cancellationToken).ConfigureAwait(false) is var (jpeg, header))
                {
                    using var codec = SKCodec.Create(new MemoryStream(buffer, 0, jpeg.Length));
                    return (header.Size, codec is null ? ExifOrientation.Upright : (int)codec.EncodedOrigin);
                }
            }
        }

        return null;
    }

    /// <summary>The JPEGs in pieces, without Exif: programs differ in what they make of its orientation.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(Batch))
        {
            var found = await library.FindAsync(Caller.System, batch, cancellationToken).ConfigureAwait(false);
            Skipped += batch.Length - found.Count;
            foreach (var item in found)
            {
                if (await LoadAsync(item, cancellationToken).ConfigureAwait(false) is not var (jpeg, header))
                {
                    Skipped++;
                    continue;
                }

                yield return jpeg[..header.Application];
                foreach (var segment in header.Others)
                {
                    yield return jpeg[segment];
                }

                yield return jpeg[header.Scan..];
                given.Add(item.Id);
            }
        }
    }

    private async Task<(ReadOnlyMemory<byte> Jpeg, JpegHeader Header)?> LoadAsync(MediaItem item, CancellationToken cancellationToken)
    {
        try
        {
            var stream = library.Open(Caller.System, item);
            if (stream is null)
            {
                return null;
            }

            await using (stream.ConfigureAwait(false))
            {
                if (stream.Length > MostBytes)
                {
                    return null;
                }

                var length = (int)stream.Length;
                if (buffer.Length < length)
                {
                    // The pictures of a run are alike, but never of one length.
                    buffer = new byte[length + (length / 4)];
                }

                await stream.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                ReadOnlyMemory<byte> jpeg = buffer.AsMemory(0, length);
                return (jpeg, JpegHeader.Read(jpeg.Span, Exif.Mark));
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            // A bad block on the disk, or half a picture: counted, and not worth the film.
            return null;
        }
    }
}

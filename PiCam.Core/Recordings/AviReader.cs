using System.Buffers.Binary;
using PiCam.Core.Cameras;

namespace PiCam.Core.Recordings;

/// <summary>Finds the JPEGs in an AVI file as <see cref="AviWriter"/> makes it: by its index, or where it was cut off, by looking through it.</summary>
public sealed class AviReader
{
    private const int HeaderLength = 224;

    // "movi", which the sizes and offsets count from; the size is before it.
    private const int MoviAt = 220;
    private const int EntryLength = 16;

    // Of four million frames; no file as large as the writer makes them has more.
    private const int MostIndexBytes = 64 << 20;

    private readonly Stream stream;
    private readonly List<(long Position, int Length, int Slot)> frames = [];

    private AviReader(Stream stream, ReadOnlySpan<byte> header)
    {
        this.stream = stream;
        FrameDuration = TimeSpan.FromMicroseconds(BinaryPrimitives.ReadUInt32LittleEndian(header[32..]));
        Size = new(BinaryPrimitives.ReadInt32LittleEndian(header[64..]), BinaryPrimitives.ReadInt32LittleEndian(header[68..]));
    }

    /// <summary>Of every frame.</summary>
    public PixelSize Size { get; }

    /// <summary>How long a frame is shown, unless it is shown again.</summary>
    public TimeSpan FrameDuration { get; }

    /// <summary>How many JPEGs there are.</summary>
    public int Count => frames.Count;

    /// <summary>From the first frame to the end of the last one.</summary>
    public TimeSpan Duration => frames.Count == 0 ? TimeSpan.Zero : (frames[^1].Slot + 1) * FrameDuration;

    /// <param name="stream">Can seek.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: it is no such file.</returns>
    public static async Task<AviReader?> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new byte[HeaderLength];
        stream.Position = 0;
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeaderLength
            || !header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8, 4).SequenceEqual("AVI "u8)
            || !header.AsSpan(112, 4).SequenceEqual("MJPG"u8) || !header.AsSpan(220, 4).SequenceEqual("movi"u8))
        {
            return null;
        }

        var reader = new AviReader(stream, header);
        if (!await reader.TakeIndexAsync(MoviAt + BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(MoviAt - 4)), cancellationToken).ConfigureAwait(false))
        {
            await reader.FindAsync(cancellationToken).ConfigureAwait(false);
        }

        return reader;
    }

    /// <summary>One of the JPEGs.</summary>
    /// <param name="number">0 to <see cref="Count"/> − 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<byte[]> ReadAsync(int number, CancellationToken cancellationToken)
    {
        var (position, length, _) = frames[number];
        var jpeg = new byte[length];
        stream.Position = position;
        await stream.ReadExactlyAsync(jpeg, cancellationToken).ConfigureAwait(false);
        return jpeg;
    }

    /// <summary>When one of them is shown first, from the beginning.</summary>
    public TimeSpan TimeOf(int number) => frames[number].Slot * FrameDuration;

    /// <summary>The first one that is shown at a time or after it, give or take a millisecond.</summary>
    /// <returns>Its number; <see cref="Count"/>: there is none.</returns>
    public int NumberAt(TimeSpan time)
    {
        var number = frames.FindIndex(frame => frame.Slot * FrameDuration >= time - TimeSpan.FromMilliseconds(1));
        return number < 0 ? Count : number;
    }

    /// <summary>Takes the frames from the index, if it is there and right about the last one.</summary>
    private async Task<bool> TakeIndexAsync(long at, CancellationToken cancellationToken)
    {
        var chunk = new byte[8];
        stream.Position = at;
        if (await stream.ReadAtLeastAsync(chunk, 8, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 8
            || !chunk.AsSpan(0, 4).SequenceEqual("idx1"u8)
            || BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(4)) is not (>= 0 and <= MostIndexBytes and var length) || at + 8 + length > stream.Length)
        {
            return false;
        }

        var entries = new byte[length];
        await stream.ReadExactlyAsync(entries, cancellationToken).ConfigureAwait(false);
        for (var slot = 0; slot < length / EntryLength; slot++)
        {
            var entry = entries.AsSpan(slot * EntryLength, EntryLength);
            if (BinaryPrimitives.ReadInt32LittleEndian(entry[12..]) is > 0 and var bytes)
            {
                frames.Add((MoviAt + 8 + BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), bytes, slot));
            }
        }

        if (frames is [.., var (position, last, _)])
        {
            stream.Position = position - 8;
            if (position + last > at || await stream.ReadAtLeastAsync(chunk, 8, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 8
                || !chunk.AsSpan(0, 4).SequenceEqual("00dc"u8) || BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(4)) != last)
            {
                frames.Clear();
                return false;
            }
        }

        return true;
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var chunk = new byte[8];
        long position = HeaderLength;
        for (var slot = 0; ; slot++)
        {
            stream.Position = position;
            if (await stream.ReadAtLeastAsync(chunk, 8, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 8
                || !chunk.AsSpan(0, 4).SequenceEqual("00dc"u8))
            {
                return;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(4));
            if (length < 0 || position + 8 + length > stream.Length)
            {
                return;
            }

            if (length > 0)
            {
                frames.Add((position + 8, length, slot));
            }

            position += 8 + length + (length & 1);
        }
    }
}

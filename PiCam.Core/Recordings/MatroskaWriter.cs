using System.Buffers.Binary;
using PiCam.Core.Cameras;

namespace PiCam.Core.Recordings;

/// <summary>
/// The least Matroska (RFC 9559) that carries JPEGs with their own times: one video track V_MJPEG in a segment of unknown length, and
/// each frame as a cluster with one SimpleBlock. Times are microseconds: a block's own time would be 16 bits only. A second track may
/// carry a PNG for each frame, before it and of its time.
/// </summary>
public static class MatroskaWriter
{
    /// <summary>The bytes that <see cref="FrameHeader"/> takes.</summary>
    public const int FrameHeaderLength = 4 + 8 + 1 + 8 + 8 + 1 + 8 + 4;

    private const int Microsecond = 1000;
    private const byte FrameTrack = 1;
    private const byte StampTrack = 2;

    // Elements of eight bytes' length: the marker bit and 56 bits.
    private const ulong LengthMarker = 1UL << 56;

    /// <summary>What stands before the first frame.</summary>
    /// <param name="size">Of every frame.</param>
    /// <param name="frameDuration">About how long a frame lasts; a decoder's first guess at the rate.</param>
    /// <param name="stamps">Of every PNG of the second track; null: there is none.</param>
    public static byte[] Header(PixelSize size, TimeSpan frameDuration, PixelSize? stamps = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(frameDuration, TimeSpan.Zero);
        var ebml = Element(
            0x1A45DFA3,
            [
                .. Unsigned(0x4286, 1), .. Unsigned(0x42F7, 1), .. Unsigned(0x42F2, 4), .. Unsigned(0x42F3, 8),
                .. Element(0x4282, "matroska"u8), .. Unsigned(0x4287, 4), .. Unsigned(0x4285, 2),
            ]);
        var info = Element(0x1549A966, [.. Unsigned(0x2AD7B1, Microsecond), .. Element(0x4D80, "PiCam"u8), .. Element(0x5741, "PiCam"u8)]);
        var tracks = Track(FrameTrack, Element(0x86, "V_MJPEG"u8), size, frameDuration);
        if (stamps is { } pngs)
        {
            // Matroska has no name of its own for PNG: the one that Video for Windows had.
            tracks = [.. tracks, .. Track(StampTrack, [.. Element(0x86, "V_MS/VFW/FOURCC"u8), .. Element(0x63A2, BitmapHeader(pngs, "MPNG"u8))], pngs, frameDuration)];
        }

        return [.. ebml, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. info, .. Element(0x1654AE6B, tracks)];
    }

    /// <summary>What stands before a frame's JPEG.</summary>
    /// <param name="time">Since the first frame; not negative.</param>
    /// <param name="jpegLength">Of the JPEG that follows, in bytes.</param>
    /// <param name="buffer"><see cref="FrameHeaderLength"/> bytes.</param>
    public static void FrameHeader(TimeSpan time, int jpegLength, Span<byte> buffer) => BlockHeader(FrameTrack, time, jpegLength, buffer);

    /// <summary>What stands before a stamp's PNG, which is before its frame.</summary>
    /// <inheritdoc cref="FrameHeader"/>
    public static void StampHeader(TimeSpan time, int pngLength, Span<byte> buffer) => BlockHeader(StampTrack, time, pngLength, buffer);

    private static void BlockHeader(byte track, TimeSpan time, int length, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        const int TimeLength = 1 + 8 + 8;
        const int TrackLength = 4;
        BinaryPrimitives.WriteUInt32BigEndian(buffer, 0x1F43B675);
        BinaryPrimitives.WriteUInt64BigEndian(buffer[4..], LengthMarker | (uint)(TimeLength + 1 + 8 + TrackLength + length));
        buffer[12] = 0xE7;
        BinaryPrimitives.WriteUInt64BigEndian(buffer[13..], LengthMarker | 8);
        BinaryPrimitives.WriteUInt64BigEndian(buffer[21..], (ulong)(time.Ticks / TimeSpan.TicksPerMicrosecond));
        buffer[29] = 0xA3;
        BinaryPrimitives.WriteUInt64BigEndian(buffer[30..], LengthMarker | (uint)(TrackLength + length));

        // Its track, its time within the cluster (0), and its flags: a key frame.
        ReadOnlySpan<byte> block = [(byte)(0x80 | track), 0, 0, 0x80];
        block.CopyTo(buffer[38..]);
    }

    private static byte[] Track(byte number, byte[] codec, PixelSize size, TimeSpan frameDuration) => Element(
        0xAE,
        [
            .. Unsigned(0xD7, number), .. Unsigned(0x73C5, number), .. Unsigned(0x83, 1), .. Unsigned(0x9C, 0),
            .. Unsigned(0x23E383, (ulong)(frameDuration.Ticks * TimeSpan.NanosecondsPerTick)), .. codec,
            .. Element(0xE0, [.. Unsigned(0xB0, (ulong)size.Width), .. Unsigned(0xBA, (ulong)size.Height)]),
        ]);

    /// <summary>The BITMAPINFOHEADER of Windows.</summary>
    private static byte[] BitmapHeader(PixelSize size, ReadOnlySpan<byte> fourcc)
    {
        const int Length = 40;
        var header = new byte[Length];
        BinaryPrimitives.WriteInt32LittleEndian(header, Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), size.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), size.Height);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(12), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(14), 32);
        fourcc.CopyTo(header.AsSpan(16));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), size.Width * size.Height * 4);
        return header;
    }

    private static byte[] Unsigned(uint id, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        var leading = Math.Min(7, bytes.IndexOfAnyExcept((byte)0) is var first and >= 0 ? first : 7);
        return Element(id, bytes[leading..]);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(header, id);
        BinaryPrimitives.WriteUInt64BigEndian(header[4..], LengthMarker | (uint)content.Length);
        return [.. header[header.IndexOfAnyExcept((byte)0)..], .. content];
    }
}

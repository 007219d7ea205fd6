using System.Buffers.Binary;
using System.Text;
using PiCam.Core.Cameras;

namespace PiCam.Core.Recordings;

/// <summary>
/// Writes JPEGs into an AVI 1.0 file (Microsoft, AVI RIFF File Reference), at a fixed rate: where a frame is late the one before is
/// shown again, by an empty chunk. Used by one writer at a time.
/// </summary>
public sealed class AviWriter
{
    /// <summary>Old players take no larger file; an index of chunks beyond it has no room for their places.</summary>
    public const long MostBytes = 1_000_000_000;

    private const int HeaderLength = 224;
    private const int RiffSizeAt = 4;
    private const int FrameCountAt = 48;
    private const int LengthAt = 140;
    private const int MoviSizeAt = 216;
    private const int MoviAt = 220;
    private const uint HasIndex = 0x10;
    private const uint KeyFrame = 0x10;

    private static readonly byte[] Filler = [0];

    private readonly Stream stream;
    private readonly TimeSpan frameDuration;
    private readonly List<(int Offset, int Length)> index = [];
    private readonly byte[] word = new byte[16];
    private TimeSpan? begin;

    /// <param name="stream">Where to; can seek, and is empty.</param>
    /// <param name="size">Of every frame.</param>
    /// <param name="frameDuration">Of every frame, 1 µs or more.</param>
    public AviWriter(Stream stream, PixelSize size, TimeSpan frameDuration)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameDuration, TimeSpan.FromMicroseconds(1));
        (this.stream, this.frameDuration) = (stream, frameDuration);
        stream.Write(Header(size, frameDuration));
    }

    /// <summary>How large the file is by now.</summary>
    public long Bytes => stream.Position;

    /// <summary>The frames in it; those that are shown again count once.</summary>
    public long Frames { get; private set; }

    /// <summary>Whether a frame of this time and length can be added: the file has room, and its rate has not changed too much.</summary>
    /// <param name="time">On the sensor's clock.</param>
    /// <param name="length">Of its JPEG.</param>
    public bool Takes(TimeSpan time, int length)
    {
        // The index of so many chunks comes at the end.
        var slot = Slot(time);
        return stream.Position + length + 8 + ((index.Count + Math.Max(1, slot - index.Count)) * 24L) < MostBytes
            && (index.Count - slot) * frameDuration < TimeSpan.FromSeconds(1);
    }

    /// <summary>Adds a frame, later than those before.</summary>
    public async Task WriteAsync(TimeSpan time, ReadOnlyMemory<byte> jpeg)
    {
        for (var slot = Slot(time); index.Count < slot;)
        {
            await ChunkAsync(ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
        }

        begin ??= time;
        await ChunkAsync(jpeg).ConfigureAwait(false);
        Frames++;
    }

    /// <summary>Writes what players look for first, as it is by now; if the file ends here, they play it after looking through it.</summary>
    public void Update()
    {
        var end = stream.Position;
        Patch(RiffSizeAt, (uint)(end - 8));
        Patch(FrameCountAt, (uint)index.Count);
        Patch(LengthAt, (uint)index.Count);
        Patch(MoviSizeAt, (uint)((index.Count == 0 ? HeaderLength : DataEnd) - MoviAt));
        stream.Position = end;
    }

    /// <summary>Writes the index. Nothing can be added any more.</summary>
    public async Task EndAsync()
    {
        var buffer = new byte[8 + (index.Count * 16)];
        Encoding.ASCII.GetBytes("idx1", buffer);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(4), index.Count * 16);
        for (var i = 0; i < index.Count; i++)
        {
            var entry = buffer.AsSpan(8 + (i * 16), 16);
            Encoding.ASCII.GetBytes("00dc", entry);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], index[i].Length == 0 ? 0 : KeyFrame);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], index[i].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], index[i].Length);
        }

        await stream.WriteAsync(buffer).ConfigureAwait(false);
        Update();
    }

    private long DataEnd => MoviAt + index[^1].Offset + 8 + index[^1].Length + (index[^1].Length & 1);

    private int Slot(TimeSpan time) => begin is { } first ? (int)Math.Round((time - first) / frameDuration) : 0;

    private async Task ChunkAsync(ReadOnlyMemory<byte> data)
    {
        index.Add(((int)(stream.Position - MoviAt), data.Length));
        Encoding.ASCII.GetBytes("00dc", word);
        BinaryPrimitives.WriteInt32LittleEndian(word.AsSpan(4), data.Length);
        await stream.WriteAsync(word.AsMemory(0, 8)).ConfigureAwait(false);
        await stream.WriteAsync(data).ConfigureAwait(false);
        if ((data.Length & 1) != 0)
        {
            await stream.WriteAsync(Filler).ConfigureAwait(false);
        }
    }

    private void Patch(int at, uint value)
    {
        stream.Position = at;
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        stream.Write(word, 0, 4);
    }

    private static byte[] Header(PixelSize size, TimeSpan frameDuration)
    {
        var microseconds = (uint)Math.Round(frameDuration.TotalMicroseconds);
        using var header = new MemoryStream();
        using var writer = new BinaryWriter(header, Encoding.ASCII);
        Tag("RIFF", 0, "AVI ");
        Tag("LIST", 192, "hdrl");

        // The main header: one stream, no suggested buffer.
        Tag("avih", 56);
        foreach (var value in (uint[])[microseconds, 0, 0, HasIndex, 0, 0, 1, 0, (uint)size.Width, (uint)size.Height, 0, 0, 0, 0])
        {
            writer.Write(value);
        }

        Tag("LIST", 116, "strl");
        Tag("strh", 56, "vids");
        writer.Write("MJPG"u8);
        foreach (var value in (uint[])[0, 0, 0, microseconds, 1_000_000, 0, 0, 0, uint.MaxValue, 0])
        {
            writer.Write(value);
        }

        foreach (var value in (ushort[])[0, 0, (ushort)size.Width, (ushort)size.Height])
        {
            writer.Write(value);
        }

        // A bitmap's header: 24 bits a pixel in one plane.
        Tag("strf", 40);
        foreach (var value in (uint[])[40, (uint)size.Width, (uint)size.Height, 1 | (24 << 16)])
        {
            writer.Write(value);
        }

        writer.Write("MJPG"u8);
        foreach (var value in (uint[])[(uint)(size.Width * size.Height * 3), 0, 0, 0, 0])
        {
            writer.Write(value);
        }

        Tag("LIST", 4, "movi");
        return header.ToArray();

        void Tag(string name, uint length, string kind = "")
        {
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.Write(length);
            writer.Write(Encoding.ASCII.GetBytes(kind));
        }
    }
}

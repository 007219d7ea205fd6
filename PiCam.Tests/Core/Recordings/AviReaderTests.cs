using System.Buffers.Binary;
using PiCam.Core.Recordings;
using Xunit;

namespace PiCam.Tests.Core.Recordings;

public sealed class AviReaderTests
{
    private const int Frames = 500;

    private static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_WholeFile_TakesTheIndexAndDoesNotLookThroughTheFile()
    {
        using var file = new CountingStream(await FileAsync());

        var reader = await AviReader.OpenAsync(file, Token);

        Assert.InRange(file.Reads, 1, 6);
        await CheckAsync(reader, Frames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(((Frames * 2) - 1) * 16)]
    public async Task Open_FileCutInItsIndex_LooksThroughIt(int missing)
    {
        var bytes = await FileAsync();
        using var file = new MemoryStream(bytes[..^missing]);

        await CheckAsync(await AviReader.OpenAsync(file, Token), Frames);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public async Task Open_IndexThatIsWrong_LooksThroughTheFile(int field)
    {
        var bytes = await FileAsync();
        var entry = bytes.AsSpan(bytes.Length - 16 + field);
        BinaryPrimitives.WriteInt32LittleEndian(entry, BinaryPrimitives.ReadInt32LittleEndian(entry) + 2);
        using var file = new MemoryStream(bytes);

        await CheckAsync(await AviReader.OpenAsync(file, Token), Frames);
    }

    [Fact]
    public async Task Open_FileCutInItsFrames_HasThoseBefore()
    {
        var bytes = await FileAsync();
        using var file = new MemoryStream(bytes[..(bytes.Length / 2)]);
        var reader = await AviReader.OpenAsync(file, Token);

        Assert.InRange(reader!.Count, Frames / 4, Frames - 1);
        await CheckAsync(reader, reader.Count);
    }

    // Each frame is shown twice: half of the chunks are empty.
    private static async Task<byte[]> FileAsync()
    {
        using var stream = new MemoryStream();
        var writer = new AviWriter(stream, new(64, 48), FrameDuration);
        for (var number = 0; number < Frames; number++)
        {
            await writer.WriteAsync(number * 2 * FrameDuration, Picture(number));
        }

        await writer.EndAsync();
        return stream.ToArray();
    }

    private static byte[] Picture(int number) => [.. Enumerable.Repeat((byte)number, 20 + (number % 7))];

    private static async Task CheckAsync(AviReader? reader, int count)
    {
        Assert.Equal(count, reader!.Count);
        foreach (var number in (int[])[0, 1, count / 2, count - 1])
        {
            Assert.Equal(Picture(number), await reader.ReadAsync(number, Token));
            Assert.Equal(number * 2 * FrameDuration, reader.TimeOf(number));
        }

        Assert.Equal(((count * 2) - 1) * FrameDuration, reader.Duration);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}

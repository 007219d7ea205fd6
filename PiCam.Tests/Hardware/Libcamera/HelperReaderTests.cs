using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using CsCheck;
using PiCam.Core.Cameras;
using PiCam.Hardware.Libcamera;
using Xunit;

namespace PiCam.Tests.Hardware.Libcamera;

public sealed class HelperReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_MessagesInPieces_AreWhole()
    {
        var reader = Reader([.. Message("HELO", "{\"a\":1}", []), .. Message("FRAM", "{}", [1, 2, 3])], pieces: 1);

        var hello = await reader.ReadAsync(Token);
        Assert.Equal(("HELO", 1), (hello!.Kind, hello.Json.GetProperty("a").GetInt32()));
        Assert.Equal([1, 2, 3], (await reader.ReadAsync(Token))!.Data);
        Assert.Null(await reader.ReadAsync(Token));
    }

    [Fact]
    public async Task Read_FrameOfTwoPictures_TellsThemApart()
    {
        var reader = Reader(Message("FRAM", "{\"half\":{\"size\":[640,360],\"length\":2}}", [1, 2, 3, 4, 5]), pieces: 2);

        var frame = await reader.ReadAsync(Token);

        Assert.Equal([1, 2, 3], frame!.Data);
        Assert.Equal([4, 5], frame.Half);
        Assert.Equal(new PixelSize(640, 360), frame.HalfSize);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task Read_SecondPictureThatCannotBe_IsRefused(long length) =>
        await Assert.ThrowsAsync<HelperProtocolException>(
            () => Reader(Message("FRAM", $"{{\"half\":{{\"length\":{length}}}}}", [1, 2, 3, 4, 5]), pieces: 100).ReadAsync(Token).AsTask());

    [Theory]
    [InlineData("XXXX", 2u, 0u)]
    [InlineData("FRAM", 1u, 0u)]
    [InlineData("FRAM", 1_048_577u, 0u)]
    [InlineData("FRAM", 2u, 67_108_865u)]
    [InlineData("FRAM", 4_294_967_295u, 4_294_967_295u)]
    public async Task Read_HeaderThatCannotBe_IsRefused(string kind, uint json, uint data) =>
        await Assert.ThrowsAsync<HelperProtocolException>(() => Reader(Header(kind, json, data), pieces: 100).ReadAsync(Token).AsTask());

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1, 2]")]
    [InlineData("\"text\"")]
    public async Task Read_JsonThatIsNoObject_IsRefused(string json) =>
        await Assert.ThrowsAsync<HelperProtocolException>(() => Reader(Message("ACKN", json, []), pieces: 100).ReadAsync(Token).AsTask());

    [Fact]
    public async Task Read_LengthThatIsALie_CostsNoMemoryBeforeTheBytesAreThere()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = Reader([.. Header("FRAM", 2, 30 << 20), .. "{}"u8, .. new byte[100]], pieces: 1000);

        await Assert.ThrowsAsync<HelperProtocolException>(() => reader.ReadAsync(Token).AsTask());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Read_AnyBytes_AreAMessageOrRefused() => Gen.Byte.Array[0, 400].Sample(
        bytes =>
        {
            // Half of the inputs begin like a message, so that the fuzz gets past the header.
            byte[] input = bytes.Length % 2 == 0 ? bytes : [.. Header("FRAM", 2, (uint)bytes.Length), .. "{}"u8, .. bytes];
            var reader = Reader(input, pieces: 7);
            try
            {
                while (reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } message)
                {
                    Assert.Equal(System.Text.Json.JsonValueKind.Object, message.Json.ValueKind);
                }
            }
            catch (HelperProtocolException)
            {
                // Refused.
            }
        },
        iter: 2000,
        threads: 1);

    private static byte[] Message(string kind, string json, byte[] data) =>
        [.. Header(kind, (uint)Encoding.UTF8.GetByteCount(json), (uint)data.Length), .. Encoding.UTF8.GetBytes(json), .. data];

    private static byte[] Header(string kind, uint json, uint data)
    {
        var header = new byte[12];
        Encoding.ASCII.GetBytes(kind, header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), json);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), data);
        return header;
    }

    private static HelperReader Reader(byte[] bytes, int pieces)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        foreach (var piece in bytes.Chunk(pieces))
        {
            piece.CopyTo(pipe.Writer.GetMemory(piece.Length));
            pipe.Writer.Advance(piece.Length);
        }

        pipe.Writer.Complete();
        return new HelperReader(pipe.Reader);
    }
}

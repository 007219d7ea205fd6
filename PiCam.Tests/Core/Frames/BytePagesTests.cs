using CsCheck;
using PiCam.Core.Frames;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class BytePagesTests
{
    [Fact]
    public void AppendDropAndRead_InAnyOrder_AreAQueueOfBytes() => Gen.Int[0, 700_000].Array[1, 12].Sample(
        lengths =>
        {
            var (pages, expected, written) = (new BytePages(), new Queue<byte[]>(), 0);
            foreach (var length in lengths)
            {
                var bytes = new byte[length];
                Array.Fill(bytes, (byte)++written);
                pages.Append(bytes);
                expected.Enqueue(bytes);
                while (expected.Sum(part => part.Length) > 1_000_000)
                {
                    pages.Drop(expected.Dequeue().Length);
                }

                Assert.Equal(expected.Sum(part => (long)part.Length), pages.Length);
                var position = 0L;
                foreach (var part in expected)
                {
                    var read = new byte[part.Length];
                    pages.Read(position, read);
                    Assert.True(part.AsSpan().SequenceEqual(read), $"The bytes at {position} are others.");
                    position += part.Length;
                }
            }
        },
        iter: 100);

    [Fact]
    public void Read_BeyondTheEnd_IsRefused()
    {
        var pages = new BytePages();
        pages.Append(new byte[10]);

        Assert.Throws<ArgumentOutOfRangeException>(() => pages.Read(4, new byte[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pages.Drop(11));
        pages.Clear();
        Assert.Equal(0, pages.Length);
    }
}

using System.Buffers;
using PiCam.Hardware.JpegPipes;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.JpegPipes;

public sealed class JpegSplitterTests
{
    private static readonly byte[] Small = Encode(64, 48, 1);
    private static readonly byte[] Other = Encode(80, 60, 2);

    // A broken segment length may reach 64 KB into what follows, and is known as broken only when that has come.
    private static readonly byte[] Tail = [.. Enumerable.Repeat(Small, (70_000 / Small.Length) + 1).SelectMany(p => p)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Read_PicturesInPieces_ComeOutWholeWithTheirSize(int pieceBytes)
    {
        var splitter = new JpegSplitter();

        var pictures = Feed(splitter, [.. Small, .. Other, .. Small], pieceBytes);

        Assert.Equal([Small, Other, Small], pictures.Select(p => p.Jpeg));
        Assert.Equal([(64, 48), (80, 60), (64, 48)], pictures.Select(p => (p.Width, p.Height)));
        Assert.Equal(0, splitter.Dropped);
    }

    [Fact]
    public void Read_CutOffAnywhere_DropsItAndFindsTheNext()
    {
        for (var cut = 1; cut < Small.Length; cut++)
        {
            var splitter = new JpegSplitter();

            var pictures = Feed(splitter, [.. Small[..cut], .. Other, .. Tail], 1000);

            Assert.True(IsOther(pictures[0]), $"Cut at {cut}");
            Assert.Equal(1 + (Tail.Length / Small.Length), pictures.Count);
            Assert.True(splitter.Dropped >= 1 || pictures[0].Jpeg.Length > Other.Length, $"Cut at {cut} is not counted");
        }
    }

    [Fact]
    public void Read_BytesMissingFromTheMiddle_FindsTheNext()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var from = random.Next(2, Small.Length - 2);
            var to = random.Next(from, Small.Length);
            var splitter = new JpegSplitter();

            var pictures = Feed(splitter, [.. Small[..from], .. Small[to..], .. Other, .. Tail, .. Other], 3333);

            Assert.Equal(2, pictures.Count(IsOther));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_NeverThrowsAndRecovers()
    {
        var random = new Random(2);
        for (var at = 0; at < Small.Length; at++)
        {
            var broken = Small.ToArray();
            broken[at] ^= (byte)random.Next(1, 256);
            var splitter = new JpegSplitter();

            var pictures = Feed(splitter, [.. broken, .. Other, .. Tail], 4096);

            Assert.True(pictures.Exists(IsOther), $"Changed at {at}");
            Assert.Equal(Small, pictures[^1].Jpeg);
        }
    }

    [Fact]
    public void Read_Noise_IsDroppedInBoundedMemory()
    {
        var random = new Random(3);
        var noise = new byte[1_000_000];
        var splitter = new JpegSplitter(1_000_000);

        for (var i = 0; i < 10; i++)
        {
            random.NextBytes(noise);
            Assert.Empty(Feed(splitter, noise, 65_536));
        }

        // Noise may begin with half a picture's header, which ends with the first picture that follows.
        Feed(splitter, [.. Small, .. Small], 65_536);
        Assert.Equal(Small, Assert.Single(Feed(splitter, Small, 65_536)).Jpeg);
        Assert.True(splitter.Dropped > 0);
        Assert.True(splitter.Capacity <= 1_000_000);
    }

    [Fact]
    public void Read_HundredMegabytePicture_IsDroppedOnceWithoutALargeAllocation()
    {
        var splitter = new JpegSplitter();
        var scan = new byte[65_536];
        Array.Fill(scan, (byte)0x55);
        Feed(splitter, Small[..^2], 65_536);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var fed = 0; fed < 100_000_000; fed += scan.Length)
        {
            var input = new ReadOnlySequence<byte>(scan);
            Assert.Null(splitter.Read(ref input));
            Assert.True(splitter.Capacity <= JpegSplitter.DefaultMaximumBytes);
        }

        // The buffer doubled from 256 KB to the cap, once.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 3L * JpegSplitter.DefaultMaximumBytes);
        Assert.Equal(Other, Assert.Single(Feed(splitter, [0xFF, 0xD9, .. Other], 65_536)).Jpeg);
        Assert.Equal(1, splitter.Dropped);
        Assert.True(splitter.Capacity < 1_000_000);
    }

    [Fact]
    public void Read_ThumbnailInTheHeader_IsOnePicture()
    {
        byte[] exif = [0xFF, 0xE1, (byte)((Small.Length + 2) >> 8), (byte)(Small.Length + 2), .. Small];
        byte[] picture = [.. Other[..2], .. exif, .. Other[2..]];
        var splitter = new JpegSplitter();

        var read = Assert.Single(Feed(splitter, picture, 100));

        Assert.Equal(picture, read.Jpeg);
        Assert.Equal((80, 60), (read.Width, read.Height));
    }

    [Theory]
    [InlineData("FFD8FFD9")]
    [InlineData("FFD8FFE0000400000FFD9")]
    [InlineData("FFD8FFC0000B080000000001012200FFDA0008010100003F0055FFD9")]
    [InlineData("FFD8FFC3000B080010001001012200FFDA0008010100003F0055FFD9")]
    [InlineData("FFD8FFDA0008010100003F0055FFD9")]
    [InlineData("FFD8FFE00001FFD9")]
    public void Read_NoPictureInIt_IsDropped(string hexadecimal)
    {
        var splitter = new JpegSplitter();

        var pictures = Feed(splitter, [.. Convert.FromHexString(hexadecimal.Length % 2 == 0 ? hexadecimal : hexadecimal + "0"), .. Small], 5);

        Assert.Equal(Small, Assert.Single(pictures).Jpeg);
        Assert.True(splitter.Dropped > 0);
    }

    /// <summary>
    /// The picture, whole. A header segment cut short may swallow just its first segments and lead on to the rest: still that
    /// picture, with another picture's beginning.
    /// </summary>
    private static bool IsOther(JpegPicture picture) =>
        (picture.Width, picture.Height) == (80, 60) && picture.Jpeg.AsSpan().EndsWith(Other.AsSpan(Other.Length / 2));

    private static List<JpegPicture> Feed(JpegSplitter splitter, byte[] bytes, int pieceBytes)
    {
        var pictures = new List<JpegPicture>();
        for (var from = 0; from < bytes.Length; from += pieceBytes)
        {
            var input = new ReadOnlySequence<byte>(bytes, from, Math.Min(pieceBytes, bytes.Length - from));
            while (splitter.Read(ref input) is { } picture)
            {
                pictures.Add(picture);
            }

            Assert.True(input.IsEmpty);
        }

        return pictures;
    }

    private static byte[] Encode(int width, int height, int seed)
    {
        var random = new Random(seed);
        using var bitmap = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)random.Next(256), (byte)(x * 3), (byte)(y * 4)));
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Hardware.Recordings;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>A film for somebody who watches live, by the real ffmpeg.</summary>
public sealed class LiveEncodingTests : IDisposable
{
    private static readonly PixelSize Camera = new(640, 360);

    private readonly FfmpegRecordingEncoder encoder = new("ffmpeg", TimeProvider.System, NullLogger<FfmpegRecordingEncoder>.Instance);
    private readonly Random random = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => encoder.Dispose();

    [Fact]
    public async Task Film_OfSmallerSize_HasKeyFramesWhereTheyWereAskedFor()
    {
        var asked = 0;
        var packets = await EncodeAsync(new(new(320, 180), 500_000, () => asked++ is 0 or 7 or 25), frames: 40);

        // One is on its way still when the frames end, if the encoder wants it so.
        Assert.InRange(packets.Count, 39, 40);
        Assert.Equal([0, 7, 25], packets.Index().Where(packet => packet.Item.IsKey).Select(packet => packet.Index));
        Assert.All(packets.Index(), packet => Assert.Equal(packet.Index / 30.0, packet.Item.Time.TotalSeconds, 1e-3));
    }

    [Theory]
    [InlineData(250_000)]
    [InlineData(1_500_000)]
    public async Task Film_OfARestlessScene_KeepsToItsBits(int most)
    {
        var packets = await EncodeAsync(new(Camera, most, () => false), frames: 120);

        // From the first second on: what the encoder may save up at first is a part of a second's.
        var seconds = packets.Skip(30).ToList();
        Assert.InRange(8.0 * seconds.Sum(packet => packet.Data.Length) / (seconds.Count / 30.0), 0.2 * most, 1.3 * most);
    }

    private async Task<List<FilmPacket>> EncodeAsync(FilmPlan live, int frames)
    {
        FilmHeader? header = null;
        var packets = new List<FilmPacket>();
        var splitter = new FragmentSplitter(found => header = found, packets.Add);
        var plan = new RecordingPlan(Camera, RecordingFormat.H264, 70, TimeSpan.FromSeconds(1 / 30.0)) { Live = live };
        await using var target = new PacketTarget(splitter);
        await encoder.StreamAsync(plan, FramesAsync(frames), target, Token);
        Assert.StartsWith("avc1.", header!.Codec, StringComparison.Ordinal);
        return packets;
    }

    private async IAsyncEnumerable<Frame> FramesAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            yield return new Frame(
                Noise(), Camera.Width, Camera.Height, new FrameMetadata { SensorTimestamp = TimeSpan.FromSeconds(5 + (number / 30.0)) }, Stopwatch.GetTimestamp());
            await Task.Yield();
        }
    }

    private byte[] Noise()
    {
        using var bitmap = new SKBitmap(Camera.Width, Camera.Height);
        var pixels = bitmap.GetPixelSpan();
        random.NextBytes(pixels);
        using var image = SKImage.FromBitmap(bitmap);
        using var jpeg = image.Encode(SKEncodedImageFormat.Jpeg, 60);
        return jpeg.ToArray();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Frames;
using PiCam.Core.Frames.Sizes;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Frames.Sizes;

/// <summary>Smaller copies: made once, for who needs them, and only then.</summary>
public sealed class FrameSizesTests : IAsyncLifetime
{
    private static readonly byte[] Jpeg = MakeJpeg(320, 240);

    private readonly FrameHub whole = new();
    private readonly FrameSizes sizes;

    public FrameSizesTests() => sizes = new FrameSizes(whole, NullLogger<FrameSizes>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sizes.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await sizes.StopAsync(CancellationToken.None);
        sizes.Dispose();
    }

    [Theory]
    [InlineData(FrameSize.Half, 160, 120)]
    [InlineData(FrameSize.Quarter, 80, 60)]
    [InlineData(FrameSize.ThreeQuarters, 240, 180)]
    public async Task Copy_IsOfThatSize_AndOfThatFrame(FrameSize size, int width, int height)
    {
        using var viewer = sizes[size].Subscribe();
        await WorkedForAsync(1);
        var original = Publish();

        var copy = await viewer.NextAsync(Token);

        Assert.Equal((width, height), (copy.Width, copy.Height));
        using var decoded = SKBitmap.Decode(copy.Jpeg);
        Assert.Equal((width, height), (decoded.Width, decoded.Height));
        Assert.Equal((original.Sequence, original.CapturedAt), (copy.Sequence, copy.CapturedAt));
        Assert.Same(original.Metadata, copy.Metadata);
    }

    [Theory]
    [InlineData(FrameSize.Half, 160, true)]
    [InlineData(FrameSize.ThreeEighths, 120, true)]
    [InlineData(FrameSize.Quarter, 80, true)]
    [InlineData(FrameSize.ThreeQuarters, 240, false)]
    public async Task Copy_CameraGivesHalfTheSize_IsMadeOfThat(FrameSize size, int width, bool ofHalf)
    {
        using var viewer = sizes[size].Subscribe();
        await WorkedForAsync(1);
        Assert.Equal(ofHalf, whole.HalfWanted);
        var half = new Frame(MakeJpeg(160, 120, SKColors.Blue), 160, 120, new FrameMetadata(), 42);
        var original = new Frame(Jpeg, 320, 240, half.Metadata, 42) { Half = half };
        whole.Publish(original);

        var copy = await viewer.NextAsync(Token);

        Assert.Equal((width, original.Sequence), (copy.Width, copy.Sequence));
        Assert.Equal(size == FrameSize.Half, ReferenceEquals(half.Jpeg, copy.Jpeg));
        using var decoded = SKBitmap.Decode(copy.Jpeg);
        Assert.Equal(width, decoded.Width);
        Assert.Equal(ofHalf, decoded.GetPixel(width / 2, 30).Blue > 200);
    }

    [Fact]
    public async Task Viewer_WhoComesLate_HasSkippedNothing()
    {
        using var other = whole.Subscribe();
        for (var i = 0; i < 1000; i++)
        {
            Publish();
        }

        using var viewer = sizes.Subscribe(FrameSize.Half);
        await Eventually.TrueAsync(() => whole.Subscribers == 2, "copies are made", Token);
        var next = viewer.NextAsync(Token).AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                Publish();
                return next.IsCompleted;
            },
            "a copy comes",
            Token);

        Assert.True(viewer.Skipped < 500, $"{viewer.Skipped} skipped");
    }

    [Fact]
    public void Half_IsWantedOnlyWhileASizeIsMadeOfIt()
    {
        var changes = 0;
        whole.WantedChanged += () => changes++;
        using var large = sizes[FrameSize.ThreeQuarters].Subscribe();
        Assert.False(whole.HalfWanted);
        var (half, quarter) = (sizes[FrameSize.Half].Subscribe(), sizes[FrameSize.Quarter].Subscribe());
        Assert.True(whole.HalfWanted);
        half.Dispose();
        Assert.True(whole.HalfWanted);
        quarter.Dispose();

        Assert.False(whole.HalfWanted);
        Assert.True(whole.Wanted);
        Assert.Equal(3, changes);
    }

    [Fact]
    public async Task Copy_ForTwoViewers_IsMadeOnce()
    {
        using var one = sizes[FrameSize.Half].Subscribe();
        using var other = sizes[FrameSize.Half].Subscribe();
        await WorkedForAsync(1);
        Publish();
        Assert.Same((await one.NextAsync(Token)).Jpeg, (await other.NextAsync(Token)).Jpeg);
    }

    [Fact]
    public async Task Copies_NobodyWantsThemAnyMore_AreMadeNoMore()
    {
        using (sizes[FrameSize.Half].Subscribe())
        {
            await WorkedForAsync(1);
        }

        await WorkedForAsync(0);
        Publish();
        Assert.Null(sizes[FrameSize.Half].Latest);

        using var again = sizes[FrameSize.Quarter].Subscribe();
        await WorkedForAsync(1);
        Publish();
        Assert.Equal(80, (await again.NextAsync(Token)).Width);
    }

    [Fact]
    public async Task Viewer_WhoseLinkBecomesSlow_GetsSmallerPicturesAndNeverLeavesTheCameraAlone()
    {
        var left = 0;
        whole.WantedChanged += () => left += whole.Wanted ? 0 : 1;
        using var viewer = sizes.Subscribe(FrameSize.Whole);
        Publish();
        Assert.Equal(320, (await viewer.NextAsync(Token)).Width);
        for (var i = 0; i < 20; i++)
        {
            viewer.Acknowledged(TimeSpan.FromMilliseconds(300));
        }

        var next = viewer.NextAsync(Token).AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                Publish();
                return next.IsCompleted;
            },
            "a smaller picture comes",
            Token);

        Assert.True((await next).Width < 320);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task Copy_OfACameraThatIsOffOnPurpose_DoesNotComeThrough()
    {
        using var viewer = sizes[FrameSize.Half].Subscribe();
        await WorkedForAsync(1);
        var copy = new Frame(Jpeg, 160, 120, new FrameMetadata(), 0);

        whole.Close();
        sizes[FrameSize.Half].Publish(copy);
        Assert.Null(sizes[FrameSize.Half].Latest);
        Assert.True(viewer.IsClosed);

        whole.Open();
        sizes[FrameSize.Half].Publish(copy);
        Assert.NotNull(sizes[FrameSize.Half].Latest);
    }

    [Theory]
    [InlineData(4, 320, 240)]
    [InlineData(0, 320, 240)]
    [InlineData(4, 20_000, 20_000)]
    public async Task Copy_CannotBeMade_IsTheWholePicture_AndTheNextOneIsMadeAgain(int bytes, int width, int height)
    {
        using var viewer = sizes[FrameSize.Half].Subscribe();
        await WorkedForAsync(1);
        var broken = new Frame(new byte[bytes], width, height, new FrameMetadata(), 42);
        whole.Publish(broken);
        Assert.Same(broken.Jpeg, (await viewer.NextAsync(Token)).Jpeg);

        Publish();
        Assert.Equal(160, (await viewer.NextAsync(Token)).Width);
    }

    private static byte[] MakeJpeg(int width, int height, SKColor? colour = null)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour ?? new SKColor(200, 100, 50));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private Frame Publish()
    {
        var frame = new Frame(Jpeg, 320, 240, new FrameMetadata(), 42);
        whole.Publish(frame);
        return frame;
    }

    private Task WorkedForAsync(int readers) =>
        Eventually.TrueAsync(() => whole.Subscribers == readers, $"{readers} sizes are made", Token);
}

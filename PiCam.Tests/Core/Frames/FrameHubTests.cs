using CsCheck;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class FrameHubTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NextAsync_SlowViewer_SkipsToNewestAndCountsWhatItMissed()
    {
        var hub = new FrameHub();
        using var slow = hub.Subscribe();
        hub.Publish(NewFrame());
        await slow.NextAsync(Token);
        for (var i = 0; i < 9; i++)
        {
            hub.Publish(NewFrame());
        }

        var frame = await slow.NextAsync(Token);

        Assert.Equal(10, frame.Sequence);
        Assert.Equal(8, slow.Skipped);
    }

    [Fact]
    public async Task NextAsync_StalledViewer_DoesNotHoldBackAnother()
    {
        var hub = new FrameHub();
        using var stalled = hub.Subscribe();
        using var quick = hub.Subscribe();
        for (var i = 1; i <= 100; i++)
        {
            hub.Publish(NewFrame());
            Assert.Equal(i, (await quick.NextAsync(Token)).Sequence);
        }

        Assert.Equal(0, quick.Skipped);
        Assert.Equal(100, (await stalled.NextAsync(Token)).Sequence);
    }

    [Fact]
    public async Task Subscribe_AfterFrames_WaitsForTheNextOne()
    {
        var hub = new FrameHub();
        hub.Publish(NewFrame());
        using var late = hub.Subscribe();

        var next = late.NextAsync(Token).AsTask();
        Assert.False(next.IsCompleted);
        hub.Publish(NewFrame());

        Assert.Equal(2, (await next).Sequence);
    }

    [Fact]
    public async Task NextAsync_Cancelled_LeavesTheSubscriptionUsable()
    {
        var hub = new FrameHub();
        using var viewer = hub.Subscribe();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = viewer.NextAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        hub.Publish(NewFrame());

        Assert.Equal(1, (await viewer.NextAsync(Token)).Sequence);
    }

    [Fact]
    public async Task NextAsync_CancelledBeforehand_DoesNotWait()
    {
        var hub = new FrameHub();
        using var viewer = hub.Subscribe();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await viewer.NextAsync(new CancellationToken(canceled: true)));
        hub.Publish(NewFrame());

        Assert.Equal(1, (await viewer.NextAsync(Token)).Sequence);
    }

    [Fact]
    public async Task NextAsync_CancelledWhileAFrameComes_IsEitherTheFrameOrTheCancellationAndNeverHitsTheNextWait()
    {
        var hub = new FrameHub();
        using var viewer = hub.Subscribe();
        for (var i = 0; i < 2000; i++)
        {
            using var cancel = new CancellationTokenSource();
            var waiting = viewer.NextAsync(cancel.Token).AsTask();
            var cancelling = Task.Run(cancel.Cancel, Token);
            hub.Publish(NewFrame());
            await cancelling;
            try
            {
                Assert.Equal(hub.Published, (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Token)).Sequence);
            }
            catch (OperationCanceledException)
            {
                // The frame is still to be had.
                Assert.Equal(hub.Published, (await viewer.NextAsync(Token)).Sequence);
            }
        }
    }

    [Fact]
    public async Task NextAsync_ReaderGoneWhileItWaited_DoesNotHoldBackAnother()
    {
        var hub = new FrameHub();
        using var stays = hub.Subscribe();
        Task<Frame> left;
        using (var goes = hub.Subscribe())
        {
            left = goes.NextAsync(Token).AsTask();
        }

        var waiting = stays.NextAsync(Token).AsTask();
        hub.Publish(NewFrame());

        Assert.Equal(1, (await waiting).Sequence);
        Assert.Equal(1, (await left).Sequence);
    }

    [Fact]
    public async Task SkipToNow_AfterAPause_CountsNothingAsSkipped()
    {
        var hub = new FrameHub();
        using var viewer = hub.Subscribe();
        for (var i = 0; i < 50; i++)
        {
            hub.Publish(NewFrame());
        }

        viewer.SkipToNow();
        hub.Publish(NewFrame());

        Assert.Equal(51, (await viewer.NextAsync(Token)).Sequence);
        Assert.Equal(0, viewer.Skipped);
    }

    [Fact]
    public void Dispose_Twice_CountsTheViewerOutOnce()
    {
        var hub = new FrameHub();
        var first = hub.Subscribe();
        using var second = hub.Subscribe();

        first.Dispose();
        first.Dispose();

        Assert.Equal(1, hub.Subscribers);
    }

    [Fact]
    public async Task Publish_ManyReadersAndOneWriter_EveryReaderSeesGrowingSequencesUpToTheLast()
    {
        const int frames = 2000;
        var hub = new FrameHub();
        var readers = Enumerable.Range(0, 8).Select(_ => hub.Subscribe()).Select(async subscription =>
        {
            using (subscription)
            {
                var (last, seen) = (0L, 0L);
                while (last < frames)
                {
                    var frame = await subscription.NextAsync(Token);
                    Assert.True(frame.Sequence > last);
                    last = frame.Sequence;
                    seen++;
                }

                Assert.Equal(frames, seen + subscription.Skipped);
            }
        }).ToArray();

        await Task.Run(() =>
        {
            for (var i = 0; i < frames; i++)
            {
                hub.Publish(NewFrame());
            }
        }, Token);

        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public void DataUri_AnyBytes_DecodesToTheSame()
    {
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var frame = new Frame(bytes, 1, 1, new FrameMetadata(), 0);
            const string prefix = "data:image/jpeg;base64,";
            return frame.DataUri.StartsWith(prefix, StringComparison.Ordinal)
                && Convert.FromBase64String(frame.DataUri[prefix.Length..]).SequenceEqual(bytes)
                && ReferenceEquals(frame.DataUri, frame.DataUri);
        });
    }

    private static Frame NewFrame() => new(FakeCamera.Jpeg, 1, 1, new FrameMetadata(), 0);
}

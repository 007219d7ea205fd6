using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class FrameRingTests
{
    private readonly FrameHub hub = new();

    [Fact]
    public void Ring_AskedForNothing_KeepsNothing()
    {
        Publish(0, 1, 2);

        Assert.Equal((0, TimeSpan.Zero), (hub.Ring.Bytes, hub.Ring.Span));
    }

    [Fact]
    public void Ring_LimitedByTime_KeepsTheNewestSeconds()
    {
        hub.Ring.Limit(TimeSpan.FromSeconds(2), 1_000_000);

        Publish(0, 1, 2, 3, 4, 4.5);

        Assert.Equal((TimeSpan.FromSeconds(1.5), 300), (hub.Ring.Span, hub.Ring.Bytes));
        Assert.Equal([3, 4, 4.5], Read(hub.Queue(10, 1_000_000, withRing: true)));
    }

    [Fact]
    public void Ring_OfNoUse_KeepsNothingUnlessItIsToBeReady()
    {
        var isOfUse = true;
        hub.Ring.Limit(TimeSpan.FromSeconds(9), 1_000_000);
        hub.Ring.KeepWhile(() => isOfUse);
        Publish(0, 1, 2);
        Assert.Equal(300, hub.Ring.Bytes);

        isOfUse = false;
        Publish(3);
        Assert.Equal((0, TimeSpan.Zero), (hub.Ring.Bytes, hub.Ring.Span));

        hub.Ring.KeepReady(true);
        Publish(4, 5);
        Assert.Equal([4, 5], Read(hub.Queue(10, 1_000_000, withRing: true)));
    }

    // R21: the camera's JPEGs at 1080p have 200 to 400 kB.
    [Fact]
    public void Ring_LimitedByBytes_NeverHasMoreAndKeepsTheNewest()
    {
        const long Cap = 10_000_000;
        hub.Ring.Limit(TimeSpan.FromSeconds(60), Cap);

        for (var i = 0; i < 1000; i++)
        {
            hub.Publish(Frame(i / 30.0, 200_000 + (i * 7919 % 200_000)));
            Assert.InRange(hub.Ring.Bytes, 1, Cap);
        }

        Assert.True(hub.Ring.Bytes > Cap - 400_000, "it keeps as much as it may");
        var kept = Read(hub.Queue(1000, Cap, withRing: true));
        Assert.Equal(999 / 30.0, kept[^1], 6);
        Assert.Equal(kept.Order(), kept);
    }

    [Fact]
    public async Task Queue_WithRing_HasEveryFrameOnceWithoutAGap()
    {
        hub.Ring.Limit(TimeSpan.FromSeconds(1), 1_000_000);
        var publishing = Task.Run(
            () =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    hub.Publish(Frame(i / 1000.0));
                }
            },
            TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => hub.Published > 2000, "frames come", TestContext.Current.CancellationToken);
        using var queue = hub.Queue(5000, 10_000_000, withRing: true);
        await publishing;

        var times = Read(queue);

        Assert.Equal(Enumerable.Range(0, times.Count).Select(i => Math.Round(times[0] + (i / 1000.0), 3)), times.Select(t => Math.Round(t, 3)));
        Assert.True(times.Count > 1000, "it has frames from before and from after");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ring_StreamBeginsAnew_ForgetsTheOldOne(bool byTime)
    {
        hub.Ring.Limit(TimeSpan.FromSeconds(9), 1_000_000);
        Publish(5, 6);

        hub.Publish(byTime ? Frame(1) : Frame(7) with { Width = 320 });

        Assert.Equal([byTime ? 1 : 7], Read(hub.Queue(10, 1_000_000, withRing: true)));
    }

    [Fact]
    public void Ring_CameraIsSwitchedOffOrLeftByTheLastViewer_ForgetsEverything()
    {
        hub.Ring.Limit(TimeSpan.FromSeconds(9), 1_000_000);
        Publish(1, 2);
        hub.Close();
        Assert.Equal(0, hub.Ring.Bytes);

        hub.Open();
        Publish(3);
        hub.Subscribe().Dispose();
        Assert.Equal(0, hub.Ring.Bytes);
    }

    [Fact]
    public void Ring_KeptReady_AsksForFramesUntilItIsNot()
    {
        hub.Ring.KeepReady(true);
        hub.Ring.KeepReady(true);
        Assert.Equal(1, hub.Subscribers);

        hub.Ring.KeepReady(false);
        Assert.False(hub.Wanted);
    }

    private static Frame Frame(double seconds, int bytes = 100) =>
        new(new byte[bytes], 1920, 1080, new FrameMetadata { SensorTimestamp = TimeSpan.FromSeconds(seconds) }, 0);

    /// <summary>The times of what waits in a queue, which is closed.</summary>
    private static List<double> Read(FrameQueue queue)
    {
        using (queue)
        {
            queue.Complete();
            return [.. queue.ReadAllAsync().ToBlockingEnumerable(TestContext.Current.CancellationToken).Select(frame => frame.Metadata.SensorTimestamp.TotalSeconds)];
        }
    }

    private void Publish(params double[] seconds)
    {
        foreach (var second in seconds)
        {
            hub.Publish(Frame(second));
        }
    }
}

using PiCam.Core.Frames;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class FrameQueueTests
{
    private readonly FrameHub hub = new();

    [Fact]
    public async Task Publish_SlowReader_GetsEveryFrameItWantsInOrder()
    {
        using var viewer = hub.Subscribe();
        using var queue = hub.Queue(50, 1000);
        for (var i = 0; i < 60; i++)
        {
            hub.Publish(Frame(10));
        }

        Assert.True(queue.Filled.IsCompleted);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), await ReadAsync(queue));
        Assert.Equal((50, 0), (queue.Taken, queue.Lost));
        Assert.Equal(60, (await viewer.NextAsync(TestContext.Current.CancellationToken)).Sequence);
    }

    [Fact]
    public async Task Publish_MoreThanFits_CountsWhatIsLostAndGoesOnWhenThereIsRoom()
    {
        using var queue = hub.Queue(4, 100);
        for (var i = 0; i < 5; i++)
        {
            hub.Publish(Frame(40));
        }

        Assert.Equal((2, 3), (queue.Taken, queue.Lost));
        await using var reading = queue.ReadAllAsync().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reading.MoveNextAsync());
        Assert.True(await reading.MoveNextAsync());
        hub.Publish(Frame(40));
        hub.Publish(Frame(40));

        Assert.True(queue.Filled.IsCompleted);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal(6, reading.Current.Sequence);
        Assert.True(await reading.MoveNextAsync());
        Assert.False(await reading.MoveNextAsync());
        Assert.Equal((4, 3), (queue.Taken, queue.Lost));
    }

    [Fact]
    public async Task Complete_KeepsWhatWaitsAndTakesNoMore()
    {
        using var queue = hub.Queue(10, 100);
        hub.Publish(Frame(10));
        queue.Complete();
        hub.Publish(Frame(10));

        Assert.Equal([1L], await ReadAsync(queue));
        Assert.Equal((1, 0), (queue.Taken, queue.Lost));
    }

    [Fact]
    public async Task Frame_ThatWaits_HoldsNotTheTextThatViewersMadeOfIt()
    {
        using var queue = hub.Queue(1, 100);
        var frame = Frame(10);
        hub.Publish(frame);
        _ = frame.DataUri;

        await using var reading = queue.ReadAllAsync().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reading.MoveNextAsync());

        Assert.NotSame(frame, reading.Current);
        Assert.Same(frame.Jpeg, reading.Current.Jpeg);
        Assert.Equal(frame.Sequence, reading.Current.Sequence);
    }

    [Fact]
    public void Queue_IsALeaseUntilItIsDisposed()
    {
        var changes = 0;
        hub.WantedChanged += () => changes++;

        using (hub.Queue(1, 100))
        {
            Assert.True(hub.Wanted);
        }

        Assert.False(hub.Wanted);
        Assert.Equal(2, changes);
    }

    [Fact]
    public void Publish_ClosedHub_LetsNothingThrough()
    {
        using var queue = hub.Queue(1, 100);
        hub.Close();
        hub.Publish(Frame(10));

        Assert.Equal(0, queue.Taken);
    }

    private static async Task<List<long>> ReadAsync(FrameQueue queue)
    {
        var numbers = new List<long>();
        await foreach (var frame in queue.ReadAllAsync())
        {
            numbers.Add(frame.Sequence);
        }

        return numbers;
    }

    private static Frame Frame(int bytes) => new(new byte[bytes], 1, 1, new FrameMetadata(), 0);
}

using System.Collections.Concurrent;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Frames;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

/// <summary>Base64 to a browser that acknowledges late.</summary>
public sealed class Base64TransportTests : IAsyncDisposable
{
    private readonly TransportRig rig = new();
    private readonly ConcurrentQueue<(Frame Frame, TaskCompletionSource Acknowledged)> drawn = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Watch_NotAcknowledged_NothingMoreIsDrawn()
    {
        await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => drawn.Count == 1, "the first is drawn");
        await rig.SendAsync();
        var newest = await rig.SendAsync();
        Assert.Single(drawn);

        drawn.Last().Acknowledged.SetResult();
        await TransportRig.UntilAsync(() => drawn.Count == 2, "the next is drawn");
        Assert.Same(newest, drawn.Last().Frame.Jpeg);
    }

    [Fact]
    public async Task Watch_Left_GivesTheLeaseBackAtOnceButWaitsForTheFrameUnderWay()
    {
        var watching = await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => drawn.Count == 1, "the first is drawn");

        await rig.LeaveAsync();
        await TransportRig.UntilAsync(() => rig.Session.Frames.Subscribers == 0 && rig.Viewers.Now.Count == 0, "the lease is given back");
        Assert.False(watching.IsCompleted);

        drawn.Last().Acknowledged.SetResult();
        await watching;
    }

    private Base64Transport Transport() => new(
        rig.Source,
        frame =>
        {
            var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drawn.Enqueue((frame, acknowledged));
            return Task.FromResult<Task>(acknowledged.Task);
        });
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Frames;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

/// <summary>Bytes to a browser that answers late, never, or with an error.</summary>
public sealed class BinaryTransportTests : IAsyncDisposable
{
    private readonly TransportRig rig = new();
    private readonly ConcurrentQueue<(Frame Frame, TaskCompletionSource Painted)> calls = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Watch_BrowserStillPaints_NewestWinsAndTheRestIsSkipped()
    {
        await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 1, "the first goes out");
        await rig.SendAsync();
        await rig.SendAsync();
        var newest = await rig.SendAsync();
        Assert.Single(calls);

        calls.Last().Painted.SetResult();
        await TransportRig.UntilAsync(() => calls.Count == 2, "the next goes out");
        Assert.Same(newest, calls.Last().Frame.Jpeg);
        calls.Last().Painted.SetResult();
        await TransportRig.UntilAsync(() => rig.Statistics.Skipped == 2, "the skipped ones are counted");
    }

    [Fact]
    public async Task Watch_AnswerNeverComes_GoesOnAfterTheTimeOut()
    {
        await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 1, "the first goes out");
        var next = await rig.SendAsync();
        rig.Time.Advance(BinaryTransport.Patience - TimeSpan.FromMilliseconds(1));
        Assert.Single(calls);

        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        await TransportRig.UntilAsync(() => calls.Count == 2, "the next goes out");
        Assert.Same(next, calls.Last().Frame.Jpeg);
        Assert.Null(rig.Statistics.Latency);
    }

    [Fact]
    public async Task Watch_Left_CancelsTheCallAndGivesTheLeaseBack()
    {
        var watching = await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 1, "the first goes out");
        Assert.Equal("vera", Assert.Single(rig.Viewers.Now).Name);

        await rig.LeaveAsync();
        await watching;

        Assert.True(calls.Last().Painted.Task.IsCanceled);
        Assert.Equal(0, rig.Session.Frames.Subscribers);
        Assert.Empty(rig.Viewers.Now);
    }

    [Fact]
    public async Task Watch_PictureThatCannotBeDecoded_DoesNotEndIt()
    {
        await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 1, "the first goes out");
        calls.Last().Painted.SetException(new JSException("The source image could not be decoded."));

        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 2, "the next goes out");
        Assert.Null(rig.Statistics.Latency);
    }

    [Fact]
    public async Task Watch_PageHasGone_Ends()
    {
        var watching = await rig.WatchAsync(Transport());
        await rig.SendAsync();
        await TransportRig.UntilAsync(() => calls.Count == 1, "the first goes out");
        calls.Last().Painted.SetException(new JSDisconnectedException("gone"));

        await watching;
        Assert.Equal(0, rig.Session.Frames.Subscribers);
    }

    private BinaryTransport Transport() => new(
        rig.Source,
        async (frame, cancellationToken) =>
        {
            var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var cancelling = cancellationToken.Register(() => painted.TrySetCanceled(cancellationToken));
            calls.Enqueue((frame, painted));
            await painted.Task;
        },
        NullLogger.Instance);
}

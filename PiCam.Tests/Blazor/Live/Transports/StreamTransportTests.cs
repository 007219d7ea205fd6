using System.Collections.Concurrent;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

/// <summary>A stream that does not open, breaks off, or is no longer wanted.</summary>
public sealed class StreamTransportTests : IAsyncDisposable
{
    private readonly TransportRig rig = new();
    private readonly PageStreams streams = new();
    private readonly ConcurrentQueue<string> started = new();
    private int stopped;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Watch_StreamBreaksOff_IsAskedForAgain()
    {
        await rig.WatchAsync(Transport());
        var stream = await StartedAsync(1);
        stream.Begin().Dispose();

        await rig.AdvanceUntilAsync(() => started.Count == 2, "it is asked for again");
        using var run = (await StartedAsync(2)).Begin();
        Assert.Equal(0, stopped);
    }

    [Fact]
    public async Task Watch_CameraIsOffOnPurpose_IsAskedForAsSoonAsItIsOnAgain()
    {
        await rig.WatchAsync(Transport());
        var run = (await StartedAsync(1)).Begin();
        await rig.Privacy.SetAsync(Callers.Operator, on: true);
        await TransportRig.UntilAsync(() => rig.Session.State.Condition == CameraCondition.Private, "the camera is off");
        run.Dispose();
        var off = rig.Time.GetTimestamp();
        await rig.AdvanceUntilAsync(() => rig.Time.GetElapsedTime(off) > TimeSpan.FromSeconds(20), "time passes");
        Assert.Single(started);

        // The clock stands still: whoever waits for it does not wake.
        await rig.Privacy.SetAsync(Callers.Administrator, on: false);
        await StartedAsync(2);
    }

    [Fact]
    public async Task Watch_StreamNeverOpens_IsAskedForMoreAndMoreSlowly()
    {
        await rig.WatchAsync(Transport());
        await StartedAsync(1);
        var first = await rig.AdvanceUntilAsync(() => started.Count == 2, "it is asked for again");
        for (var tries = 3; tries < 8; tries++)
        {
            await rig.AdvanceUntilAsync(() => started.Count == tries, "and again");
        }

        var last = await rig.AdvanceUntilAsync(() => started.Count == 8, "and again");

        // 5 s to open each time, and 0.5 s that grow to 5 s between the tries.
        Assert.InRange(first.TotalSeconds, 5.4, 8);
        Assert.InRange(last.TotalSeconds, 9.8, 14);
    }

    [Fact]
    public async Task Watch_Left_StopsTheBrowsersStreamAndForgetsItsKey()
    {
        var watching = await rig.WatchAsync(Transport());
        using var run = (await StartedAsync(1)).Begin();
        await rig.LeaveAsync();
        await watching;

        Assert.Equal(1, stopped);
        Assert.Null(streams.Find(started.Last(), Callers.Viewer));
        Assert.Equal(0, rig.Session.Frames.Subscribers);
    }

    [Fact]
    public async Task Find_KeyOfAnotherPersonsPage_IsNobodys()
    {
        await rig.WatchAsync(Transport());
        await StartedAsync(1);

        Assert.Null(streams.Find(started.Last(), Callers.Operator));
    }

    private async Task<PageStream> StartedAsync(int times)
    {
        await TransportRig.UntilAsync(() => started.Count == times, "the browser is told to start");
        return streams.Find(started.Last(), Callers.Viewer) ?? throw new InvalidOperationException("Nobody expects this stream.");
    }

    private StreamTransport Transport() => new(
        rig.Source,
        streams,
        key =>
        {
            started.Enqueue(key);
            return Task.CompletedTask;
        },
        () =>
        {
            stopped++;
            return Task.CompletedTask;
        });
}

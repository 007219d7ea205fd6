using PiCam.Core.Packets;
using Xunit;

namespace PiCam.Tests.Core.Packets;

public sealed class PacketHubTests
{
    private static readonly FilmHeader Header = new([1], "avc1.42C01F", 90_000);

    private readonly PacketHub hub = new();
    private TimeSpan frameTime = TimeSpan.FromSeconds(1 / 30.0);
    private TimeSpan time;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_WhoComesLate_BeginsWithTheNewestKeyFrame()
    {
        hub.Begin(Header);
        Publish("KdddKdd");
        using var viewer = hub.Subscribe();
        Assert.Equal("5 6 7", $"{await NextAsync(viewer)} {await NextAsync(viewer)} {await NextAsync(viewer)}");
        Assert.Equal(0, viewer.Skipped);
    }

    [Fact]
    public async Task Viewer_WhoFellBehind_GoesOnFromTheNewestKeyFrame()
    {
        hub.Begin(Header);
        using var viewer = hub.Subscribe();
        Publish("Kdd");
        Assert.Equal(1, await NextAsync(viewer));
        Publish("KddKd");
        Assert.Equal("7 8", $"{await NextAsync(viewer)} {await NextAsync(viewer)}");
        Assert.Equal(5, viewer.Skipped);
    }

    [Fact]
    public async Task Viewer_WhoKeepsUp_GetsEverything()
    {
        hub.Begin(Header);
        using var viewer = hub.Subscribe();
        for (var i = 1; i <= 30; i++)
        {
            Publish(i % 10 == 1 ? "K" : "d");
            Assert.Equal(i, await NextAsync(viewer));
        }

        Assert.Equal(0, viewer.Skipped);
    }

    [Fact]
    public async Task Viewer_WhoSkips_WaitsForTheNextKeyFrame()
    {
        hub.Begin(Header);
        using var viewer = hub.Subscribe();
        Publish("Kd");
        Assert.Equal(1, await NextAsync(viewer));
        viewer.SkipToKey();
        var next = NextAsync(viewer);
        Publish("ddd");
        Assert.False(next.IsCompleted);
        Publish("K");
        Assert.Equal(6, await next);
    }

    [Fact]
    public async Task Film_ThatBeginsAnew_GoesOnWithItsOwnHeaderAndKeyFrame()
    {
        hub.Begin(Header);
        using var viewer = hub.Subscribe();
        Publish("Kd");
        await NextAsync(viewer);
        await NextAsync(viewer);

        var other = Header with { Codec = "avc1.64001F" };
        hub.Begin(other);
        Publish("dK");
        var (header, packet) = await viewer.NextAsync(Token);
        Assert.Same(other, header);
        Assert.True(packet.IsKey);
    }

    [Fact]
    public void Wanted_IsToldOfTheFirstAndTheLast()
    {
        List<bool> told = [];
        hub.WantedChanged += () => told.Add(hub.Wanted);
        var one = hub.Subscribe();
        var other = hub.Subscribe();
        one.Dispose();
        one.Dispose();
        other.Dispose();
        Assert.Equal([true, false], told);
    }

    [Fact]
    public async Task Viewer_WhoComesLongAfterAKeyFrame_HasAnotherOneMadeAndBeginsWithThat()
    {
        hub.Begin(Header);
        Publish("Kdddddddddd");
        using var viewer = hub.Subscribe();
        var next = NextAsync(viewer);

        // Not at once: viewers who come and go must not make a film of nothing but key frames.
        Assert.False(hub.TakeKeyRequest());
        Publish("dddd");
        Assert.True(hub.TakeKeyRequest());
        Assert.False(hub.TakeKeyRequest());
        Assert.False(next.IsCompleted);
        Publish("K");
        Assert.Equal(16, await next);
    }

    /// <summary>What is fresh, and how often key frames are made, is a matter of time, not of pictures.</summary>
    [Fact]
    public async Task Viewer_WhoComesLateAtALowRate_HasAKeyFrameMadeAsSoonAtAHighOne()
    {
        frameTime = TimeSpan.FromSeconds(0.2);
        hub.Begin(Header);
        Publish("Kd");
        using var viewer = hub.Subscribe();
        var next = NextAsync(viewer);
        Assert.False(next.IsCompleted);
        Publish("dd");
        Assert.True(hub.TakeKeyRequest());
        Publish("K");
        Assert.Equal(5, await next);
    }

    [Fact]
    public async Task Viewer_WhoIsLongBehind_IsNotGivenAnOldKeyFrame()
    {
        hub.Begin(Header);
        using var viewer = hub.Subscribe();
        Publish("K");
        await NextAsync(viewer);
        Publish("dKddddddd");
        Assert.Equal(9 / 30.0, viewer.Behind.TotalSeconds, 0.001);
        var next = NextAsync(viewer);
        Assert.False(next.IsCompleted);
        Publish("K");
        Assert.Equal(11, await next);
        Assert.Equal(9, viewer.Skipped);
    }

    [Fact]
    public void End_KeepsNothing()
    {
        hub.Begin(Header);
        Publish("Kdd");
        hub.End();
        Assert.Null(hub.Header);
        using var viewer = hub.Subscribe();
        Assert.False(NextAsync(viewer).IsCompleted);
    }

    private static async Task<long> NextAsync(PacketSubscription viewer) => (await viewer.NextAsync(Token)).Packet.Number;

    private void Publish(string kinds)
    {
        foreach (var kind in kinds)
        {
            hub.Publish(new FilmPacket([0], kind == 'K', time += frameTime));
        }
    }
}

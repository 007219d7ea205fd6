using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Streams;
using Xunit;

namespace PiCam.Tests.Blazor.Streams;

public sealed class SlowReaderTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1));

    [Fact]
    public void Write_ThatTakesLongerThanThePatience_IsStuckUntilItEnds()
    {
        var reader = new SlowReader(null, time);
        Assert.False(reader.IsStuck);
        reader.Begin(90_000);
        time.Advance(SlowReader.Patience - TimeSpan.FromSeconds(1));
        Assert.False(reader.IsStuck);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(reader.IsStuck);
        reader.End();
        Assert.False(reader.IsStuck);
    }

    [Fact]
    public void Buffer_PicturesChangeTheirSize_FollowsThem()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var reader = new SlowReader(socket, time);
        var sizes = new List<int>();
        foreach (var length in new[] { 150_000, 140_000, 25_000, 26_000, 90_000 })
        {
            reader.Begin(length);
            sizes.Add(socket.SendBufferSize);
            reader.End();
        }

        // Room for two, of what is sent now.
        Assert.All(new[] { (sizes[0], 150_000), (sizes[1], 150_000), (sizes[4], 90_000) }, pair => Assert.InRange(pair.Item1, 2 * pair.Item2, 3 * pair.Item2));
        Assert.Equal(sizes[2], sizes[3]);
        Assert.InRange(sizes[2], 2 * 25_000, 3 * 25_000);
    }

    [Fact]
    public void Socket_ThatHasGone_IsLeftToTheWrite()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();

        new SlowReader(socket, time).Begin(90_000);
    }
}

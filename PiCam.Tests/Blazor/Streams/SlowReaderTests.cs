using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Security;
using PiCam.Blazor.Streams;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Streams;

public sealed class SlowReaderTests : IDisposable
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1));
    private readonly FakePrincipalCheck people = new();
    private readonly FrameHub hub = new();
    private readonly FrameSubscription subscription;
    private readonly CancellationTokenSource ending = new();
    private readonly SlowReader reader;

    public SlowReaderTests() => (subscription, reader) = (hub.Subscribe(), new SlowReader(null, time));

    public void Dispose()
    {
        subscription.Dispose();
        ending.Dispose();
    }

    [Fact]
    public void Write_ThatTakesLongerThanThePatience_IsStuckUntilItEnds()
    {
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
        var ofSocket = new SlowReader(socket, time);
        var sizes = new List<int>();
        foreach (var length in new[] { 150_000, 140_000, 25_000, 26_000, 90_000 })
        {
            ofSocket.Begin(length);
            sizes.Add(socket.SendBufferSize);
            ofSocket.End();
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

    [Fact]
    public async Task Sending_ToWhomItIsDue_GoesOnUntilWhoeverSendsEndsIt()
    {
        var watching = WatchAsync();
        await Eventually.TrueAsync(
            () =>
            {
                reader.Begin(90_000);
                time.Advance(Welcome.CheckInterval);
                reader.End();
                return people.Asked > 2;
            },
            "it has been looked at for longer than the patience",
            TestContext.Current.CancellationToken);

        Assert.False(watching.IsCompleted);
        await ending.CancelAsync();
        Assert.False(await watching);
    }

    [Theory]
    [InlineData("stuck", true)]
    [InlineData("dismissed", false)]
    [InlineData("camera off", false)]
    public async Task Sending_ThatIsDueNoLonger_IsEnded(string why, bool isStuck)
    {
        var watching = WatchAsync();
        reader.Begin(90_000);
        people.Welcome = why != "dismissed";
        if (why == "camera off")
        {
            hub.Close();
        }

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(Welcome.CheckInterval);
                return ending.IsCancellationRequested;
            },
            "it is ended",
            TestContext.Current.CancellationToken);
        Assert.Equal(isStuck, await watching);
    }

    [Fact]
    public async Task Sending_OfWhichNobodyCanSayWhetherItIsDue_IsEndedAndSaysWhy()
    {
        people.Fault = new IOException("the card is gone");
        var watching = WatchAsync();

        time.Advance(Welcome.CheckInterval);
        var fault = await Assert.ThrowsAsync<IOException>(() => watching);
        Assert.Same(people.Fault, fault);
        Assert.True(ending.IsCancellationRequested);
    }

    private Task<bool> WatchAsync() => reader.EndWhenDueAsync(subscription, new Welcome(new ClaimsPrincipal(), people, () => 0, time), ending, NullLogger.Instance);
}

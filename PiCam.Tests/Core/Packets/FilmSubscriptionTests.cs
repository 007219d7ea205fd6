using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Tests.Blazor.Live.Transports;
using Xunit;

namespace PiCam.Tests.Core.Packets;

/// <summary>One viewer of the live film, whose packets the test makes.</summary>
public sealed class FilmSubscriptionTests : IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(1 / 30.0);
    private static readonly int Top = FilmRung.All.Count - 1;

    private readonly TransportRig rig = new();
    private readonly LiveFilms films;
    private readonly FilmSubscription viewer;
    private TimeSpan filmed;

    // How many there are beside the viewer.
    private int Others { get; set; }

    public FilmSubscriptionTests()
    {
        films = new LiveFilms(rig.Session, new NoEncoder(), rig.Time, NullLogger<LiveFilms>.Instance);
        for (var rung = 0; rung <= Top; rung++)
        {
            films[rung].Begin(new([(byte)rung], "avc1.42C01F", 90_000));
        }

        viewer = films.Subscribe(rig.Time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        viewer.Dispose();
        films.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task QuickLink_EachPacketOfARungOnce_UpToTheBest()
    {
        var numbers = new List<(int Rung, long Number)>();
        for (var i = 0; i < 30 * 20; i++)
        {
            var part = await StepAsync();
            numbers.Add((part.Rung, part.Packet.Number));
        }

        Assert.Equal(Top, numbers[^1].Rung);
        Assert.Equal(numbers, numbers.Distinct());
        Assert.True(viewer.Best > TimeSpan.FromSeconds(5));
        Assert.All(Enumerable.Range(0, Top), rung => Assert.Equal(0, films[rung].Subscribers));
    }

    /// <summary>What a lower rung takes says nothing of a better one.</summary>
    [Fact]
    public async Task OthersHaveAllTheEncoders_TheViewerStaysOnOneOfTheirs_AndItIsNotTheBest()
    {
        using var one = films[1].Subscribe();
        using var two = films[2].Subscribe();
        using var three = films[3].Subscribe();
        Others = 3;
        for (var i = 0; i < 30 * 100; i++)
        {
            Assert.InRange((await StepAsync()).Rung, 0, 3);
        }

        Assert.Equal((3, TimeSpan.Zero), ((await StepAsync()).Rung, viewer.Best));

        // There is room for one more encoder now.
        one.Dispose();
        two.Dispose();
        Others = 1;
        var part = await StepAsync();
        for (var i = 0; i < 30 * 20 && part.Rung < Top; i++)
        {
            part = await StepAsync();
        }

        Assert.Equal(Top, part.Rung);
    }

    [Fact]
    public async Task Viewer_WhoAnswersNothing_GetsNothingMoreAndThenAKeyFrame()
    {
        Publish(isKey: true);
        var last = (await viewer.NextAsync(Token)).Number;
        Task<FilmPart> next;
        do
        {
            rig.Time.Advance(FrameTime);
            Publish(isKey: false);
            next = viewer.NextAsync(Token).AsTask();
            last = next.IsCompleted ? (await next).Number : last;
        }
        while (next.IsCompleted);

        // As many as come in the longest time that one may be under way.
        Assert.InRange(last, 5u, 45u);
        for (var i = 0; i < 15; i++)
        {
            rig.Time.Advance(FrameTime);
            Publish(isKey: false);
        }

        viewer.Acknowledged(last);
        await TransportRig.UntilAsync(films[0].TakeKeyRequest, "it asks for a key frame");
        Assert.False(next.IsCompleted);
        Publish(isKey: true);
        Assert.True((await next.WaitAsync(TimeSpan.FromSeconds(30), Token)).Packet.IsKey);
        Assert.True(viewer.Skipped >= 15);
    }

    [Fact]
    public async Task Viewer_WhoAnswersNothingForLong_HasGone()
    {
        Publish(isKey: true);
        await viewer.NextAsync(Token);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        var next = viewer.NextAsync(Token).AsTask();
        rig.Time.Advance(FilmSubscription.Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    // One picture, and 20 ms later its answer.
    private async Task<FilmPart> StepAsync()
    {
        rig.Time.Advance(FrameTime - TimeSpan.FromMilliseconds(20));
        var change = Enumerable.Range(0, FilmRung.All.Count).Sum(rung => films[rung].Subscribers) > Others + 1;
        Publish(isKey: false);
        var next = viewer.NextAsync(Token).AsTask();
        while (!next.IsCompleted)
        {
            rig.Time.Advance(FrameTime);
            Publish(isKey: false);
            await Task.WhenAny(next, Task.Delay(1, Token));
        }

        var part = await next;
        if (change)
        {
            // What comes of another rung is taken in elsewhere, and in real time.
            await Task.Delay(2, Token);
        }

        rig.Time.Advance(TimeSpan.FromMilliseconds(20));
        viewer.Acknowledged(part.Number);
        return part;
    }

    // On every rung that somebody watches; a key frame where one is asked for.
    private void Publish(bool isKey)
    {
        filmed += FrameTime;
        for (var rung = 0; rung <= Top; rung++)
        {
            var hub = films[rung];
            if (hub.Wanted)
            {
                hub.Publish(new FilmPacket(new byte[FilmRung.All[rung].BitRate / 8 / 30], isKey || hub.TakeKeyRequest(), filmed));
            }
        }
    }

    private sealed class NoEncoder : IRecordingEncoder
    {
        public Task<PiCam.Core.Reason?> FaultAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StreamAsync(RecordingPlan plan, IAsyncEnumerable<PiCam.Core.Frames.Frame> frames, Stream target, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core;
using PiCam.Core.Frames;
using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Tests.Blazor.Live.Transports;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Packets;

/// <summary>When the encoder of each rung runs, and what it is told. The films themselves: <see cref="Blazor.Api.PageFilmApiTests"/>.</summary>
public sealed class LiveFilmsTests : IAsyncLifetime
{
    private readonly TransportRig rig = new();
    private readonly Told told = new();
    private LiveFilms films = null!;
    private TimeSpan sensor;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        films = new LiveFilms(rig.Session, told, rig.Time, NullLogger<LiveFilms>.Instance);
        await rig.Session.StartAsync(Token);
        await films.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await films.StopAsync(CancellationToken.None);
        films.Dispose();
        await rig.DisposeAsync();
    }

    /// <summary>An encoder that is told twice the rate spends half of the bits: its key frames are then too small to measure a link by.</summary>
    [Fact]
    public async Task Film_OnEachRung_IsPlannedWithTheRateThatItHas()
    {
        for (var rung = 0; rung < FilmRung.All.Count; rung++)
        {
            using var viewer = films[rung].Subscribe();
            await Eventually.TrueAsync(
                () =>
                {
                    rig.Camera.Send();
                    return told.Plans.Any(plan => plan.Live!.BitRate == FilmRung.All[rung].BitRate);
                },
                "the film is begun",
                Token);
        }

        Assert.Equal(
            [2 / 30.0, 1 / 30.0, 1 / 30.0, 1 / 30.0, 1 / 30.0, 1 / 30.0],
            told.Plans.OrderBy(plan => plan.Live!.BitRate).Select(plan => Math.Round(plan.FrameDuration.TotalSeconds, 4)),
            (expected, actual) => Math.Abs(expected - actual) < 0.001);
    }

    [Fact]
    public async Task Camera_AtAnotherRate_TheFilmBeginsAnewWithThat()
    {
        using var viewer = films[1].Subscribe();
        await SendUntilAsync(() => told.Plans.Count == 1, "the film is begun");
        for (var i = 0; i < 30 * 8; i++)
        {
            // A gap is no other rate.
            sensor += i == 100 ? TimeSpan.FromSeconds(1.5) : default;
            await rig.SendAsync(Lasting(1 / 30.0));
        }

        Assert.Single(told.Plans);
        await SendUntilAsync(() => told.Plans.Count == 2, "another is begun", 1 / 10.0);
        for (var i = 0; i < 11 * 8; i++)
        {
            await rig.SendAsync(Lasting(1 / 11.0));
        }

        // What one of them has seen the others know.
        using var other = films[3].Subscribe();
        await SendUntilAsync(() => told.Plans.Count == 3, "the other is begun", 1 / 10.0);

        Assert.Equal([1 / 30.0, 1 / 10.0, 1 / 10.0], told.Plans.Select(plan => plan.FrameDuration.TotalSeconds), (expected, actual) => Math.Abs(expected - actual) < 0.01);
    }

    [Fact]
    public async Task TwoViewersOfOneRung_HaveOneEncoder_WhichOutlivesAShortAbsence()
    {
        var one = films[1].Subscribe();
        using (var other = films[1].Subscribe())
        {
            await SendUntilAsync(() => told.Plans.Count == 1, "the film is begun");
            one.Dispose();
        }

        for (var i = 0; i < 20; i++)
        {
            // What sees that nobody is there runs elsewhere.
            await Task.Delay(1, Token);
            one = films[1].Subscribe();
            one.Dispose();
        }

        rig.Time.Advance(TimeSpan.FromSeconds(0.2));
        one = films[1].Subscribe();
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await rig.SendAsync();
        Assert.Equal((1, 0), (told.Plans.Count, told.Ended));

        one.Dispose();
        await rig.AdvanceUntilAsync(() => told.Ended == 1, "it has ended");
        Assert.Single(told.Plans);
    }

    [Fact]
    public async Task Encoder_ThatFails_IsStartedAgain_AndIsAFaultOnlyWhenItDoesSoAgainAndAgain()
    {
        told.Failures = 1;
        using var viewer = films[1].Subscribe();
        await SendUntilAsync(() => told.Plans.Count == 1, "the film is begun");
        Assert.Null(await films.FaultAsync(Token));
        await SendUntilAsync(() => told.Plans.Count == 2, "it is begun again", advance: true);
        Assert.Null(await films.FaultAsync(Token));

        told.Failures = int.MaxValue;
        using var other = films[2].Subscribe();
        await SendUntilAsync(() => told.Plans.Count >= 5, "another is begun three times", advance: true);
        await Eventually.TrueAsync(async () => await films.FaultAsync(Token) is { English: "broken" }, "it is a fault", TimeSpan.FromSeconds(30), Token);
    }

    private FrameMetadata Lasting(double seconds)
    {
        sensor += TimeSpan.FromSeconds(seconds);
        return new() { FrameDuration = TimeSpan.FromSeconds(seconds), SensorTimestamp = sensor };
    }

    // The camera delivers while somebody watches.
    private Task SendUntilAsync(Func<bool> condition, string what, double lasts = 1 / 30.0, bool advance = false) => Eventually.TrueAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            if (advance)
            {
                rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            rig.Camera.Send(FakeCamera.Jpeg, Lasting(lasts));
            return false;
        },
        what,
        Token);

    private sealed class Told : IRecordingEncoder
    {
        private int ended;

        public ConcurrentQueue<RecordingPlan> Plans { get; } = [];

        /// <summary>So many times it is broken.</summary>
        public int Failures { get; set; }

        /// <summary>How many films were begun and are over.</summary>
        public int Ended => Volatile.Read(ref ended);

        public Task<Reason?> FaultAsync(CancellationToken cancellationToken) => Task.FromResult<Reason?>(null);

        public Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is recorded here.");

        public async Task StreamAsync(RecordingPlan plan, IAsyncEnumerable<Frame> frames, Stream target, CancellationToken cancellationToken)
        {
            Plans.Enqueue(plan);
            if (Failures-- > 0)
            {
                throw new InvalidOperationException("broken");
            }

            try
            {
                await foreach (var frame in frames.WithCancellation(cancellationToken))
                {
                    Assert.Equal(plan.Size, frame.Size);
                }
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }
    }
}

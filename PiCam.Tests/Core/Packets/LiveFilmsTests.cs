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

/// <summary>What the encoder of each rung is told. The films themselves: <see cref="Blazor.Api.PageFilmApiTests"/>.</summary>
public sealed class LiveFilmsTests : IAsyncLifetime
{
    private readonly TransportRig rig = new();
    private readonly Told told = new();
    private LiveFilms films = null!;

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

    private sealed class Told : IRecordingEncoder
    {
        public ConcurrentQueue<RecordingPlan> Plans { get; } = [];

        public Task<Reason?> FaultAsync(CancellationToken cancellationToken) => Task.FromResult<Reason?>(null);

        public Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is recorded here.");

        public async Task StreamAsync(RecordingPlan plan, IAsyncEnumerable<Frame> frames, Stream target, CancellationToken cancellationToken)
        {
            Plans.Enqueue(plan);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}

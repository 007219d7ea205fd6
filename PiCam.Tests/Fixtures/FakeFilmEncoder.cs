using PiCam.Core;
using PiCam.Core.Films;

namespace PiCam.Tests.Fixtures;

/// <summary>Makes "films" that are the JPEGs one after the other, and can be slow, blind or broken.</summary>
internal sealed class FakeFilmEncoder : IFilmEncoder
{
    private int running;

    /// <summary>Why it can make none.</summary>
    public Reason? Fault { get; set; }

    /// <summary>Awaited when a film's pictures are all there.</summary>
    public Func<CancellationToken, Task> BeforeEnd { get; set; } = _ => Task.CompletedTask;

    /// <summary>Pictures that it leaves out without saying which.</summary>
    public int Undecodable { get; set; }

    /// <summary>Pictures that are missing when a film is decoded.</summary>
    public int Lost { get; set; }

    /// <summary>Thrown when a film's pictures are all there.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What it was asked for.</summary>
    public List<FilmPlan> Plans { get; } = [];

    /// <summary>The most films it was making at once.</summary>
    public int MostRunning { get; private set; }

    public Task<Reason?> FaultAsync(CancellationToken cancellationToken) => Task.FromResult(Fault);

    public async Task<int> EncodeAsync(
        FilmPlan plan, IAsyncEnumerable<ReadOnlyMemory<byte>> jpegs, string filePath, Action<int> encoded, CancellationToken cancellationToken)
    {
        MostRunning = Math.Max(MostRunning, Interlocked.Increment(ref running));
        try
        {
            lock (Plans)
            {
                Plans.Add(plan);
            }

            var film = File.Create(filePath);
            await using (film)
            {
                var pictures = 0;
                await foreach (var piece in jpegs.WithCancellation(cancellationToken))
                {
                    await film.WriteAsync(piece, cancellationToken);
                    pictures += piece.Span is [0xFF, 0xD8, ..] ? 1 : 0;
                    encoded(pictures);
                }

                await BeforeEnd(cancellationToken);
                return Failure is null ? pictures - Undecodable : throw Failure;
            }
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public async Task<int> CountAsync(string filePath, Action<int> decoded, CancellationToken cancellationToken)
    {
        var film = await File.ReadAllBytesAsync(filePath, cancellationToken);
        var pictures = 0;
        for (var at = 0; at + 1 < film.Length; at++)
        {
            pictures += film[at] == 0xFF && film[at + 1] == 0xD8 ? 1 : 0;
        }

        decoded(pictures - Undecodable - Lost);
        return pictures - Undecodable - Lost;
    }
}

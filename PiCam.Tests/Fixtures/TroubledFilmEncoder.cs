using PiCam.Core;
using PiCam.Core.Films;

namespace PiCam.Tests.Fixtures;

/// <summary>A real encoder, to which something happens just before it begins.</summary>
internal sealed class TroubledFilmEncoder(IFilmEncoder encoder, Func<Task> before) : IFilmEncoder
{
    /// <summary>What happens.</summary>
    public Func<Task> Before { get; set; } = before;

    public Task<Reason?> FaultAsync(CancellationToken cancellationToken) => encoder.FaultAsync(cancellationToken);

    public async Task<int> EncodeAsync(
        FilmPlan plan, IAsyncEnumerable<ReadOnlyMemory<byte>> jpegs, string filePath, Action<int> encoded, CancellationToken cancellationToken)
    {
        await Before();
        return await encoder.EncodeAsync(plan, jpegs, filePath, encoded, cancellationToken);
    }

    public Task<int> CountAsync(string filePath, Action<int> decoded, CancellationToken cancellationToken) =>
        encoder.CountAsync(filePath, decoded, cancellationToken);
}

using PiCam.Core.Access;

namespace PiCam.Core.Media;

/// <summary>The room that it takes, and what lets <see cref="MediaRetention"/> make some.</summary>
public sealed partial class MediaLibrary
{
    // A run as often as it is held.
    private readonly List<string> held = [];

    /// <summary>What takes the library's room.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<MediaUsage> UsageAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        return index.UsageAsync(cancellationToken);
    }

    /// <summary>Keeps the pictures of a run from being let go until this is disposed of: somebody reads them.</summary>
    internal IDisposable Hold(string sequence)
    {
        lock (held)
        {
            held.Add(sequence);
        }

        return new Holding(() =>
        {
            lock (held)
            {
                held.Remove(sequence);
            }
        });
    }

    /// <summary>Removes for good some of what nobody protects or reads: what is deleted already, then the oldest.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="bytes">No more than what it takes to have so many less.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What went; empty: there is nothing.</returns>
    internal Task<IReadOnlyList<MediaItem>> LetGoAsync(int count, long bytes, CancellationToken cancellationToken) => LetGoAsync(
        async besides =>
        {
            var missing = bytes;
            return [.. (await index.ExpendableAsync(count, besides, cancellationToken).ConfigureAwait(false))
                .TakeWhile(item =>
                {
                    var isNeeded = missing > 0;
                    missing -= item.Bytes;
                    return isNeeded;
                })];
        },
        cancellationToken);

    /// <summary>Removes for good some of what nobody protects or reads and is older than its kind may become.</summary>
    /// <returns>What went; empty: there is nothing.</returns>
    internal Task<IReadOnlyList<MediaItem>> LetGoOldAsync(
        int count, IReadOnlyDictionary<MediaKind, DateTimeOffset> ends, CancellationToken cancellationToken) =>
        LetGoAsync(besides => index.ExpiredAsync(ends, count, besides, cancellationToken), cancellationToken);

    /// <summary>All that may go, in the order in which it does.</summary>
    internal Task<IReadOnlyList<MediaExpendable>> ExpendableAsync(CancellationToken cancellationToken) => index.ExpendableAsync(cancellationToken);

    /// <summary>Bytes of all files.</summary>
    internal Task<long> BytesAsync(CancellationToken cancellationToken) => index.BytesAsync(cancellationToken);

    private async Task<IReadOnlyList<MediaItem>> LetGoAsync(Func<string[], Task<IReadOnlyList<MediaItem>>> which, CancellationToken cancellationToken)
    {
        var gone = await RemoveAsync(
            () =>
            {
                string[] besides;
                lock (held)
                {
                    besides = [.. held];
                }

                return which(besides);
            },
            cancellationToken).ConfigureAwait(false);
        Tell(MediaChangeKind.Removed, [.. gone.Select(item => item.Id)]);
        return gone;
    }

    private sealed class Holding(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}

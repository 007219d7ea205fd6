using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>
/// Whether the reader of a stream may still have it. Whoever sends one asks often; the database is asked only after somebody wrote to it,
/// and once in a while. Not thread safe.
/// </summary>
/// <param name="reader">Who opened the stream.</param>
/// <param name="principals">Asks the database.</param>
/// <param name="writes">Counts what was written to the database.</param>
/// <param name="time">The clock.</param>
internal sealed class Welcome(ClaimsPrincipal reader, IPrincipalCheck principals, Func<long> writes, TimeProvider time)
{
    /// <summary>
    /// S16: a dismissed user's stream ends within 2 s, so whoever sends one asks at least this often: that somebody wrote is known half a
    /// second late, and a socket says farewell. While nobody knows whether somebody wrote, the database is asked as often.
    /// </summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(0.5);

    // What ends by itself, a token or a guest's link, is in no commit.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    // Null: not since the request was signed in.
    private long? askedAt;
    private long askedAfter;
    private bool welcome = true;

    /// <summary>Whether they still are, as far as was told when somebody wrote last.</summary>
    public async ValueTask<bool> IsStillAsync(CancellationToken cancellationToken)
    {
        var (written, since) = (writes(), askedAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue);
        if (welcome && (since >= Trust || (written != askedAfter && since >= CheckInterval)))
        {
            (askedAt, askedAfter) = (time.GetTimestamp(), written);
            welcome = await IsNowAsync(cancellationToken).ConfigureAwait(false);
        }

        return welcome;
    }

    /// <summary>Whether they are at this moment; asks the database.</summary>
    public Task<bool> IsNowAsync(CancellationToken cancellationToken) => principals.IsCurrentAsync(reader, cancellationToken);

    /// <summary>Waits until they are welcome no more, or the wait is cancelled.</summary>
    public async Task WhenOverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, time);
        do
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await IsStillAsync(cancellationToken).ConfigureAwait(false));
    }
}

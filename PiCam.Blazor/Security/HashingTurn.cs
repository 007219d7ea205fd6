namespace PiCam.Blazor.Security;

/// <summary>
/// Lets two passwords be looked at at once: each takes a tenth of a second of a Pi's core, as PBKDF2 is meant to. Held for the
/// hashing alone, so that a slow client keeps nobody waiting.
/// </summary>
public sealed class HashingTurn : IDisposable
{
    private readonly SemaphoreSlim turns = new(2);

    /// <summary>Returns when it is one's turn; dispose when it is over.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turns);
    }

    public void Dispose() => turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}

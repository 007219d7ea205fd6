namespace PiCam.Blazor.Security;

/// <summary>The codes of authenticator apps that were used already: each is good once (RFC 6238, 5.2).</summary>
internal sealed class SpentCodes(TimeProvider time)
{
    // A code is taken for a minute and a half before and after its time, with clocks that differ.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Dictionary<(string UserId, string Code), long> spent = [];

    /// <summary>False: it was used before.</summary>
    public bool TrySpend(string userId, string code)
    {
        lock (gate)
        {
            foreach (var (old, _) in spent.Where(pair => time.GetElapsedTime(pair.Value) > Memory).ToList())
            {
                spent.Remove(old);
            }

            return spent.TryAdd((userId, code), time.GetTimestamp());
        }
    }
}

namespace PiCam.Blazor.Security;

/// <summary>How much one person, token, guest link or network may have open at once: a board is soon full (S15).</summary>
public sealed class OpenLimit
{
    /// <summary>Pages, and as many streams, for each caller.</summary>
    public const int Most = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>One more is open until what is returned is disposed of.</summary>
    /// <param name="kind">Counted apart from others, such as "page".</param>
    /// <param name="caller">The stable id of whose it is.</param>
    /// <param name="most">That many, and no more.</param>
    /// <returns>Null: there are as many already.</returns>
    public IDisposable? TryOpen(string kind, string caller, int most = Most)
    {
        var key = $"{kind} {caller}";
        lock (gate)
        {
            var now = open.GetValueOrDefault(key);
            if (now >= most)
            {
                return null;
            }

            open[key] = now + 1;
        }

        return new Opened(this, key);
    }

    /// <summary>Whether one more would be let in.</summary>
    public bool HasRoom(string kind, string caller)
    {
        lock (gate)
        {
            return open.GetValueOrDefault($"{kind} {caller}") < Most;
        }
    }

    private void Close(string key)
    {
        lock (gate)
        {
            if (--open[key] == 0)
            {
                open.Remove(key);
            }
        }
    }

    private sealed class Opened(OpenLimit limit, string key) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                limit.Close(key);
            }
        }
    }
}

using System.Net;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>
/// Makes guessing hopeless: five wrong passwords or codes a minute for each account and for each address, then a lock-out that
/// doubles each time, from a minute to an hour. Held in memory: who can restart PiCam needs no password.
/// </summary>
public sealed class GuessLimit(TimeProvider time, IAuditTrail audit)
{
    /// <summary>Wrong ones within <see cref="Window"/>, for an account or an address.</summary>
    public const int Attempts = 5;

    /// <summary>Bounds the memory that strangers can take: about 2 MB.</summary>
    private const int MostKeys = 10_000;

    private const int LongestKey = 128;

    /// <summary>The time in which attempts are counted, and the first lock-out.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestLockout = TimeSpan.FromHours(1);

    // So long after the last wrong one all is forgotten.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>How many accounts and addresses are remembered.</summary>
    internal int Held
    {
        get
        {
            lock (gate)
            {
                return counts.Count;
            }
        }
    }

    /// <summary>
    /// Counts an attempt before its outcome is known, so that many at once are no way around it; <see cref="Succeeded"/> takes it back.
    /// </summary>
    /// <param name="account">Whose account, as <see cref="GuessKey"/> says; null: only the address counts.</param>
    /// <param name="address">Of the peer, or of the client that a known proxy tells of.</param>
    /// <returns>Null: go ahead; else how long to wait. What was typed must not be looked at then.</returns>
    public TimeSpan? Begin(string? account, IPAddress? address)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var keys = Keys(account, address);
            var wait = keys.Select(key => counts.TryGetValue(key, out var count) ? count.LockedFor(time, now) : TimeSpan.Zero).Max();
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            foreach (var key in keys)
            {
                Find(key, now).Attempt(time, now);
            }

            return null;
        }
    }

    /// <summary>What was typed was wrong. If nothing more is looked at now, that is written down, once for each lock-out.</summary>
    /// <param name="caller">Who is named in what is written down; never by what was typed.</param>
    /// <param name="account">As for <see cref="Begin"/>.</param>
    /// <param name="address">As for <see cref="Begin"/>.</param>
    internal void Failed(Caller caller, string? account, IPAddress? address)
    {
        var now = time.GetTimestamp();
        List<string> locked;
        lock (gate)
        {
            locked = [.. Keys(account, address).Where(key => counts.TryGetValue(key, out var count) && count.IsNewlyLocked(time, now))];
        }

        foreach (var key in locked)
        {
            audit.Record(caller, AuditAction.LockedOut, IsAccount(key) ? "account" : "address");
        }
    }

    /// <summary>What was typed was right: the account is clear again, the address as it was before.</summary>
    public void Succeeded(string? account, IPAddress? address) => End(account, address, clears: true);

    /// <summary>What was typed was right, but is not all that is asked for: the attempt is none, and what was before it stays.</summary>
    public void TakeBack(string? account, IPAddress? address) => End(account, address, clears: false);

    private void End(string? account, IPAddress? address, bool clears)
    {
        lock (gate)
        {
            foreach (var key in Keys(account, address))
            {
                if (clears && IsAccount(key))
                {
                    counts.Remove(key);
                }
                else if (counts.TryGetValue(key, out var count))
                {
                    count.TakeBack();
                }
            }
        }
    }

    private static List<string> Keys(string? account, IPAddress? address)
    {
        List<string> keys = ["from " + ClientAddress.Network(address)];
        if (account is not null)
        {
            keys.Add("as " + (account.Length > LongestKey ? account[..LongestKey] : account));
        }

        return keys;
    }

    private static bool IsAccount(string key) => key.StartsWith("as ", StringComparison.Ordinal);

    private Count Find(string key, long now)
    {
        if (counts.TryGetValue(key, out var known))
        {
            return known;
        }

        if (counts.Count >= MostKeys)
        {
            Forget(now);
        }

        return counts[key] = new Count();
    }

    private void Forget(long now)
    {
        foreach (var (key, count) in counts.Where(pair => time.GetElapsedTime(pair.Value.Last, now) > Memory).ToList())
        {
            counts.Remove(key);
        }

        // All are recent: the oldest quarter goes.
        if (counts.Count >= MostKeys)
        {
            foreach (var key in counts.OrderBy(pair => pair.Value.Last).Take(MostKeys / 4).Select(pair => pair.Key).ToList())
            {
                counts.Remove(key);
            }
        }
    }

    private sealed class Count
    {
        private readonly Queue<long> recent = new();
        private int lockouts;
        private long lockedAt;
        private TimeSpan lockedFor;
        private bool isTold;

        public long Last { get; private set; }

        public TimeSpan LockedFor(TimeProvider time, long now) => lockedFor - time.GetElapsedTime(lockedAt, now);

        /// <summary>Whether it is locked and nobody asked so since it was.</summary>
        public bool IsNewlyLocked(TimeProvider time, long now)
        {
            var isNew = !isTold && LockedFor(time, now) > TimeSpan.Zero;
            isTold |= isNew;
            return isNew;
        }

        public void Attempt(TimeProvider time, long now)
        {
            if (recent.Count == 0 && lockouts > 0 && time.GetElapsedTime(Last, now) > Memory)
            {
                lockouts = 0;
            }

            while (recent.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Window)
            {
                recent.Dequeue();
            }

            recent.Enqueue(now);
            Last = now;
            if (recent.Count >= Attempts)
            {
                lockedAt = now;
                lockedFor = TimeSpan.FromTicks(Math.Min(Window.Ticks << Math.Min(lockouts, 10), LongestLockout.Ticks));
                lockouts++;
                isTold = false;
            }
        }

        public void TakeBack()
        {
            if (recent.Count >= Attempts && lockedFor > TimeSpan.Zero)
            {
                // The one that locked was right.
                lockouts--;
                lockedFor = TimeSpan.Zero;
            }

            // Which of them does not matter: they are less than a minute apart.
            recent.TryDequeue(out _);
        }
    }
}

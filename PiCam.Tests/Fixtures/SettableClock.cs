using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace PiCam.Tests.Fixtures;

/// <summary>A machine's two clocks: time passes only when the test says so, and the clock on the wall can be set without any passing.</summary>
internal sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<Delay, DateTimeOffset> delays = [];
    private long ahead;

    /// <summary>The clock on the wall goes on by so much whenever somebody reads it: even a fast machine takes time between two looks.</summary>
    public TimeSpan PerRead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Add(ref ahead, PerRead.Ticks));

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the clock on the wall; timers and timestamps do not notice.</summary>
    public void SetWall(DateTimeOffset now) => Interlocked.Exchange(ref ahead, (now - base.GetUtcNow()).Ticks);

    /// <summary>Whether somebody waits for time to pass, and all that was due by now has been done; timers that come again and again do not count.</summary>
    public bool IsWaitedFor()
    {
        if (delays.Values.Any(due => due <= base.GetUtcNow()))
        {
            // While one thread makes a timer, another one's Advance fires none, and nobody does later.
            Advance(TimeSpan.Zero);
            return false;
        }

        return !delays.IsEmpty;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var delay = new Delay(this);
        delay.Timer = base.CreateTimer(
            _ =>
            {
                delay.End();
                callback(state);
            },
            null,
            dueTime,
            period);

        // Only now: who sees it lets time pass, and it would begin that much later.
        delay.Begin(base.GetUtcNow() + dueTime);
        return delay;
    }

    private sealed class Delay(SettableClock clock) : ITimer
    {
        private readonly Lock gate = new();
        private bool hasEnded;

        public ITimer Timer { get; set; } = null!;

        public void Begin(DateTimeOffset due)
        {
            lock (gate)
            {
                if (!hasEnded)
                {
                    clock.delays[this] = due;
                }
            }
        }

        public void End()
        {
            lock (gate)
            {
                hasEnded = true;
                clock.delays.TryRemove(this, out _);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            End();
            return Timer.DisposeAsync();
        }
    }
}

using Microsoft.Extensions.Time.Testing;

namespace PiCam.Tests.Fixtures;

/// <summary>A machine's two clocks: time passes only when the test says so, and the clock on the wall can be set without any passing.</summary>
internal sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private long ahead;
    private int waiting;

    /// <summary>How many delays are running; timers that come again and again do not count.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the clock on the wall; timers and timestamps do not notice.</summary>
    public void SetWall(DateTimeOffset now) => Interlocked.Exchange(ref ahead, (now - base.GetUtcNow()).Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Increment(ref waiting);
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
        return delay;
    }

    private sealed class Delay(SettableClock clock) : ITimer
    {
        private int ended;

        public ITimer Timer { get; set; } = null!;

        public void End()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                Interlocked.Decrement(ref clock.waiting);
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

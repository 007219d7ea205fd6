using Microsoft.Extensions.Time.Testing;

namespace PiCam.Tests.Hardware.Simulated;

/// <summary>A clock that stands until it is advanced, and tells how often somebody began to wait for it.</summary>
internal sealed class RigClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int timers;

    public int Timers => Volatile.Read(ref timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref timers);
        return timer;
    }
}

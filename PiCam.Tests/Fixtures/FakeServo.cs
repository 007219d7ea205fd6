using PiCam.Core.Gimbals;

namespace PiCam.Tests.Fixtures;

/// <summary>A servo that notes each angle that its pulses mean, with the time, and fails when told to.</summary>
internal sealed class FakeServo(TimeProvider time) : IServo
{
    private readonly Lock gate = new();
    private readonly List<(TimeSpan At, double Degrees)> writes = [];
    private readonly long start = time.GetTimestamp();
    private Exception? failure;
    private int failuresLeft = int.MaxValue;
    private int stops;

    /// <summary>Every write so far, in order; times count from when this fake was made.</summary>
    public IReadOnlyList<(TimeSpan At, double Degrees)> Writes
    {
        get
        {
            lock (gate)
            {
                return [.. writes];
            }
        }
    }

    /// <summary>The angle of the last write; null before the first.</summary>
    public double? Degrees
    {
        get
        {
            lock (gate)
            {
                return writes.Count == 0 ? null : writes[^1].Degrees;
            }
        }
    }

    /// <summary>Makes every later call throw <paramref name="exception"/>; null heals it.</summary>
    public void FailWith(Exception? exception)
    {
        lock (gate)
        {
            failure = exception;
            failuresLeft = int.MaxValue;
        }
    }

    /// <summary>Makes so many later calls throw <paramref name="exception"/>.</summary>
    public void FailNext(int calls, Exception exception)
    {
        lock (gate)
        {
            failure = exception;
            failuresLeft = calls;
        }
    }

    /// <summary>What the device says that it sends; null: it cannot say.</summary>
    public double? Sends { get; set; }

    /// <summary>What happens meanwhile, once, when the pulses are ended: the bus is slow.</summary>
    public Action? OnStop { get; set; }

    /// <summary>How often the pulses were ended.</summary>
    public int Stops
    {
        get
        {
            lock (gate)
            {
                return stops;
            }
        }
    }

    public double? ReadPulseWidth()
    {
        Fail();
        return Sends;
    }

    public void WritePulseWidth(double microseconds)
    {
        Fail();
        lock (gate)
        {
            writes.Add((time.GetElapsedTime(start), Math.Round((microseconds - 1500) / AxisSettings.NominalPulsePerDegree, 9)));
        }
    }

    public void Stop()
    {
        Fail();
        lock (gate)
        {
            stops++;
        }

        var meanwhile = OnStop;
        OnStop = null;
        meanwhile?.Invoke();
    }

    private void Fail()
    {
        lock (gate)
        {
            if (failure is not null && failuresLeft-- > 0)
            {
                throw failure;
            }
        }
    }
}

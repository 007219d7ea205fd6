using PiCam.Core.Gimbals;

namespace PiCam.Tests.Fixtures;

/// <summary>A servo that notes each angle it is sent to, with the time, and fails when told to.</summary>
internal sealed class FakeServo(TimeProvider time) : IServo
{
    private readonly Lock gate = new();
    private readonly List<(TimeSpan At, double Degrees)> writes = [];
    private readonly long start = time.GetTimestamp();
    private Exception? failure;

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

    /// <summary>Makes every later write throw <paramref name="exception"/>; null heals it.</summary>
    public void FailWith(Exception? exception)
    {
        lock (gate)
        {
            failure = exception;
        }
    }

    public void MoveTo(double degrees)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                throw failure;
            }

            writes.Add((time.GetElapsedTime(start), degrees));
        }
    }
}

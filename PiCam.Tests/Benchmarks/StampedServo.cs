using System.Diagnostics;
using PiCam.Core.Gimbals;

namespace PiCam.Benchmarks;

/// <summary>A servo that notes when it was written to.</summary>
internal sealed class StampedServo(IServo servo) : IServo
{
    private TaskCompletionSource<long>? waiting;

    /// <summary>When the next write comes, in ticks of <see cref="Stopwatch"/>.</summary>
    public Task<long> NextWriteAsync()
    {
        var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref waiting, next);
        return next.Task;
    }

    public void WritePulseWidth(double microseconds)
    {
        Interlocked.Exchange(ref waiting, null)?.SetResult(Stopwatch.GetTimestamp());
        servo.WritePulseWidth(microseconds);
    }

    public double? ReadPulseWidth() => servo.ReadPulseWidth();

    public void Stop() => servo.Stop();
}

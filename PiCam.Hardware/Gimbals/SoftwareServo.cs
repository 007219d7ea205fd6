using System.Diagnostics;
using PiCam.Core.Gimbals;
using PiCam.Core.Lines;

namespace PiCam.Hardware.Gimbals;

/// <summary>
/// A servo on any pin, its pulses timed by a thread of this program. Whatever else the processor has to do lengthens some of
/// them, so the servo trembles; without PiCam there are none.
/// </summary>
/// <param name="line">The pin; disposed with this.</param>
internal sealed class SoftwareServo(ILine line) : IServo, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim stopping = new();
    private long pulse;
    private Thread? thread;
    private volatile IOException? failure;

    public double? ReadPulseWidth() => null;

    public void WritePulseWidth(double microseconds)
    {
        PulseRange.Widest.Demand(microseconds);
        Interlocked.Exchange(ref pulse, TimeSpan.FromMicroseconds(microseconds).Ticks);
        if (failure is { } reason)
        {
            End();
            throw reason;
        }

        if (thread is null)
        {
            // Here, so that a pin that cannot be had is reported to whoever asks for the pulses.
            line.Switch(false);
            thread = new Thread(SendPulses) { IsBackground = true, Name = "servo", Priority = ThreadPriority.Highest };
            thread.Start();
        }
    }

    public void Stop()
    {
        var reason = failure;
        End();
        if (reason is not null)
        {
            throw reason;
        }
    }

    public void Dispose()
    {
        End();
        stopping.Dispose();
        line.Dispose();
    }

    /// <summary>Returns after the last pulse.</summary>
    private void End()
    {
        stopping.Set();
        thread?.Join();
        thread = null;
        failure = null;
        stopping.Reset();
    }

    private void SendPulses()
    {
        try
        {
            var rest = TimeSpan.Zero;
            while (!stopping.Wait(rest))
            {
                var width = TimeSpan.FromTicks(Interlocked.Read(ref pulse));
                line.Switch(true);
                var risen = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(risen) < width)
                {
                    // A thread that sleeps wakes too late by more than a servo's whole range.
                    Thread.SpinWait(10);
                }

                line.Switch(false);
                var spent = Stopwatch.GetElapsedTime(risen);
                rest = spent < Period ? Period - spent : TimeSpan.Zero;
            }
        }
        catch (LineException exception)
        {
            // It is thrown again to whoever next tells this servo something.
            failure = exception;
        }
    }
}

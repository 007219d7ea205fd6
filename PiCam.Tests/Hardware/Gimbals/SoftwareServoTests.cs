using System.Diagnostics;
using PiCam.Core;
using PiCam.Core.Lines;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Gimbals;

public sealed class SoftwareServoTests : IDisposable
{
    private readonly FakeLine line = new();
    private readonly SoftwareServo servo;

    public SoftwareServoTests()
    {
        servo = new SoftwareServo(line);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        servo.Dispose();
        line.Dispose();
    }

    [Fact]
    public async Task WritePulseWidth_UntilStop_SendsPulsesThatAreNeverShorter()
    {
        servo.WritePulseWidth(1500);
        await Eventually.TrueAsync(() => line.Pulses.Count >= 5, "pulses come", Token);

        servo.Stop();

        var pulses = line.Pulses.ToArray();
        Assert.All(pulses, pulse => Assert.InRange(pulse, TimeSpan.FromMicroseconds(1500), TimeSpan.MaxValue));
        Assert.False(line.IsOn);

        // Stop waited for the thread, so nothing can come after it; the same servo begins again.
        servo.WritePulseWidth(500);
        await Eventually.TrueAsync(() => line.Pulses.Count > pulses.Length, "pulses come again", Token);
    }

    [Fact]
    public async Task PinFails_InMidPulse_IsSaidAtTheNextCall_AndRecovers()
    {
        servo.WritePulseWidth(1500);
        await Eventually.TrueAsync(() => line.Pulses.Count >= 1, "pulses come", Token);
        line.Fails = true;
        await Eventually.TrueAsync(() => Record.Exception(() => servo.WritePulseWidth(1600)) is LineException, "the fault is said", Token);

        line.Fails = false;
        var before = line.Pulses.Count;
        servo.WritePulseWidth(1600);

        await Eventually.TrueAsync(() => line.Pulses.Count > before, "pulses come again", Token);
    }

    [Fact]
    public void WritePulseWidth_PinThatCannotBeHad_IsSaidAtOnce()
    {
        line.Fails = true;

        Assert.Throws<LineException>(() => servo.WritePulseWidth(1500));

        servo.Stop();
        Assert.Empty(line.Pulses);
    }

    [Theory]
    [InlineData(499)]
    [InlineData(2501)]
    [InlineData(double.NaN)]
    public void WritePulseWidth_BeyondAnyServo_IsRefused(double microseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => servo.WritePulseWidth(microseconds));

    private sealed class FakeLine : ILine
    {
        private readonly List<TimeSpan> pulses = [];
        private long risen;

        public volatile bool IsOn;
        public volatile bool Fails;

        public IReadOnlyCollection<TimeSpan> Pulses
        {
            get
            {
                lock (pulses)
                {
                    return [.. pulses];
                }
            }
        }

        public void Switch(bool on)
        {
            if (Fails)
            {
                throw new LineException((Reason)"no pin");
            }

            if (IsOn && !on)
            {
                lock (pulses)
                {
                    pulses.Add(Stopwatch.GetElapsedTime(risen));
                }
            }

            IsOn = on;
            risen = Stopwatch.GetTimestamp();
        }

        public void Dispose()
        {
            // There is nothing to give back.
        }
    }
}

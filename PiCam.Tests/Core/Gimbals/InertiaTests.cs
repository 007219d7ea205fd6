using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>What a servo with mass makes of the gimbal's moves.</summary>
public sealed class InertiaTests
{
    // Of a shaft that swings; a servo that stops dead from 60°/s swings by 0.6°.
    private const double Swing = 0.3;

    private static readonly int Sequences = LongRun.Asked ? 10_000 : 300;

    [Fact]
    public async Task AnySequenceOfCommands_NeverSwingsPastALimit()
    {
        var random = new Random(20261123);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            await using var rig = new Rig();
            for (var command = random.Next(3, 9); command > 0; command--)
            {
                rig.Command(random);
                rig.Pass(random.Next(1, 60));
            }

            rig.Pass(100);
            var (pan, tilt) = (rig.Gimbal.PanLimits, rig.Gimbal.TiltLimits);
            Assert.True(
                rig.Pan.Lowest >= pan.MinimumAngle - Swing && rig.Pan.Highest <= pan.MaximumAngle + Swing
                && rig.Tilt.Lowest >= tilt.MinimumAngle - Swing && rig.Tilt.Highest <= tilt.MaximumAngle + Swing,
                $"Sequence {sequence}: pan {rig.Pan.Lowest:0.00}…{rig.Pan.Highest:0.00}°, tilt {rig.Tilt.Lowest:0.00}…{rig.Tilt.Highest:0.00}°");
        }
    }

    [Fact]
    public async Task Recall_FromAnywhere_LandsWithinHalfADegree()
    {
        var random = new Random(7);
        await using var rig = new Rig();
        for (var i = 0; i < 50; i++)
        {
            var preset = new PanTilt((random.NextDouble() * 180) - 90, (random.NextDouble() * 90) - 30);
            rig.Gimbal.AbsoluteMove(Callers.Operator, preset.Pan, preset.Tilt);
            for (var steps = 0; rig.Gimbal.Status.Moving; steps++)
            {
                Assert.True(steps < 1000, "It does not arrive.");
                rig.Pass(1);
            }

            rig.Pass(25);
            Assert.Equal(preset.Pan, rig.Pan.Angle, 0.5);
            Assert.Equal(preset.Tilt, rig.Tilt.Angle, 0.5);
        }
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly FakeTimeProvider time = new();

        public Rig() => Gimbal = new Gimbal(
            Options.Create(new GimbalOptions()), time, NullLogger<Gimbal>.Instance, new GimbalHardware("servos with mass", Pan, Tilt, PulseRange.Widest));

        public InertServo Pan { get; } = new();

        public InertServo Tilt { get; } = new();

        public Gimbal Gimbal { get; }

        public void Command(Random random)
        {
            double Fraction() => (random.NextDouble() * 2) - 1;
            switch (random.Next(5))
            {
                case 0:
                    Gimbal.ContinuousMove(Callers.Operator, new PanTilt(Fraction(), Fraction()), TimeSpan.FromSeconds(random.Next(1, 10)));
                    break;
                case 1:
                    Gimbal.MoveNear(Callers.Operator, new PanTilt(Fraction() * 120, Fraction() * 90));
                    break;
                case 2:
                    Gimbal.RelativeMove(Callers.Operator, new PanTilt(Fraction() * 60, Fraction() * 60));
                    break;
                case 3:
                    Gimbal.GotoHome(Callers.Operator);
                    break;
                default:
                    Gimbal.Stop(Callers.Operator);
                    break;
            }
        }

        public void Pass(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                time.Advance(Gimbal.Step);
                Pan.Pass();
                Tilt.Pass();
            }
        }

        public ValueTask DisposeAsync() => Gimbal.DisposeAsync();
    }
}

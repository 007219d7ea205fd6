using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>A gimbal with fake servos on a fake clock, whose loop runs inside <see cref="Advance"/>.</summary>
internal sealed class GimbalRig : IAsyncDisposable
{
    public static readonly Caller Ana = new("1", "ana", Role.Operator, "a");
    public static readonly Caller Bo = new("2", "bo", Role.Administrator, "b");
    public static readonly Caller Viewer = new("3", "vic", Role.Viewer, "c");

    public GimbalRig(bool exists = true)
    {
        Pan = new FakeServo(Time);
        Tilt = new FakeServo(Time);
        Gimbal = new Gimbal(
            Options.Create(new GimbalOptions()),
            Time,
            NullLogger<Gimbal>.Instance,
            exists ? new GimbalHardware("fake gimbal", Pan, Tilt, PulseRange.Widest) : null);
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeServo Pan { get; }

    public FakeServo Tilt { get; }

    public Gimbal Gimbal { get; }

    /// <summary>Lets time pass in steps of 10 ms, so that timers fire when they are due and not in one heap at the end.</summary>
    public void Advance(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(10))
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Lets time pass until the gimbal is at rest; fails after a minute.</summary>
    public void AdvanceUntilIdle()
    {
        for (var i = 0; Gimbal.Status.Moving; i++)
        {
            Assert.True(i < 6000, "The gimbal does not come to rest.");
            Advance(TimeSpan.FromMilliseconds(10));
        }

        Advance(TimeSpan.FromMilliseconds(100));
    }

    public ValueTask DisposeAsync() => Gimbal.DisposeAsync();
}

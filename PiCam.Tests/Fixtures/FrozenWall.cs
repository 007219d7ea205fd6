namespace PiCam.Tests.Fixtures;

/// <summary>A machine whose clock on the wall stands still, in a zone of its own; its timers go on.</summary>
internal sealed class FrozenWall(DateTimeOffset now, TimeZoneInfo zone) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => zone;

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}

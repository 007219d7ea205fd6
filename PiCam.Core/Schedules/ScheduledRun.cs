namespace PiCam.Core.Schedules;

/// <summary>What will happen, and when.</summary>
/// <param name="At">In the panel's zone.</param>
/// <param name="Entry">As it is now.</param>
public sealed record ScheduledRun(DateTimeOffset At, ScheduleEntry Entry);

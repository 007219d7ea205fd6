namespace PiCam.Core.Schedules;

/// <summary>The schedule as it is stored.</summary>
internal sealed record StoredSchedule(IReadOnlyList<ScheduleEntry> Entries);

namespace PiCam.Core.Schedules;

/// <summary>The schedule has no such entry.</summary>
public sealed class ScheduleMissingException(string id) : ReasonException(ScheduleFault.Missing(id));

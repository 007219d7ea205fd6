namespace PiCam.Core.Schedules;

/// <summary>What was due could not be done.</summary>
public sealed class ScheduleFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);

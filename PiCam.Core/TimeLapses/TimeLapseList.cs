namespace PiCam.Core.TimeLapses;

/// <summary>The time-lapses as they are stored.</summary>
internal sealed record TimeLapseList(IReadOnlyList<TimeLapse> TimeLapses);

namespace PiCam.Core.TimeLapses;

/// <summary>The next picture of a time-lapse.</summary>
/// <param name="Due">On a clock that nobody sets.</param>
/// <param name="At">What the clock on the wall shows then, unless somebody sets it.</param>
/// <param name="IsByTheWall">Whether it moves along when somebody sets that clock.</param>
internal sealed record PacedPicture(TimeSpan Due, DateTimeOffset At, bool IsByTheWall);

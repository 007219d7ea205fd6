namespace PiCam.Core.Media;

/// <summary>How much was taken on a day.</summary>
/// <param name="Day">Where the panel was.</param>
/// <param name="Count">Pictures and films; where runs are collapsed, entries: a run is one, on its newest picture's day.</param>
public sealed record MediaDay(DateOnly Day, int Count);

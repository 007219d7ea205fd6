namespace PiCam.Core.Media;

/// <summary>One entry of a page.</summary>
/// <param name="Item">The picture or film; of a run the newest picture.</param>
/// <param name="Count">How many pictures it stands for; 1 unless runs are collapsed.</param>
public sealed record MediaEntry(MediaItem Item, int Count);

namespace PiCam.Blazor.Library;

/// <summary>What is fetched at once: some whole days, or a part of a day that has too many.</summary>
/// <param name="FirstDay">The oldest of its days.</param>
/// <param name="LastDay">The newest.</param>
/// <param name="Skip">Tiles of the day before it.</param>
/// <param name="Count">Its tiles.</param>
/// <param name="Place">The place of its first tile in the whole timeline.</param>
public sealed record TimelineBlock(DateOnly FirstDay, DateOnly LastDay, int Skip, int Count, int Place);

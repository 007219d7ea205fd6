namespace PiCam.Blazor.Library;

/// <summary>A day of the timeline, and which of its tiles are drawn.</summary>
/// <param name="Day">Where the panel was.</param>
/// <param name="Count">All its tiles.</param>
/// <param name="Top">Pixels from the timeline's beginning to its heading.</param>
/// <param name="Height">Pixels, heading and all rows.</param>
/// <param name="Place">The place of its newest tile in the whole timeline.</param>
/// <param name="First">The first tile that is drawn, counted within the day.</param>
/// <param name="Drawn">How many are.</param>
/// <param name="FirstTop">Pixels from its beginning to the first row that is drawn.</param>
public sealed record TimelineDay(DateOnly Day, int Count, double Top, double Height, int Place, int First, int Drawn, double FirstTop);

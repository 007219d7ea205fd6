namespace PiCam.Core.Media;

/// <summary>What is in a film's file.</summary>
/// <param name="Frames">How many can be decoded.</param>
/// <param name="Duration">From the first one to the end of the last one.</param>
public sealed record FilmContent(long Frames, TimeSpan Duration)
{
    public static FilmContent Nothing { get; } = new(0, TimeSpan.Zero);
}

namespace PiCam.Core.Recordings;

/// <summary>What is in a recording's file.</summary>
/// <param name="Frames">How many can be decoded.</param>
/// <param name="Duration">From the first one to the end of the last one.</param>
public sealed record RecordingContent(long Frames, TimeSpan Duration)
{
    public static RecordingContent Nothing { get; } = new(0, TimeSpan.Zero);
}

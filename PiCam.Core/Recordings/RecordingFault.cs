namespace PiCam.Core.Recordings;

/// <summary>Why a recording is not made as it should be, and what to do about it.</summary>
public static class RecordingFault
{
    public static Reason NoFfmpeg { get; } = new(
        "Small recordings are made by ffmpeg, which is not installed. On the machine that PiCam runs on: sudo apt install ffmpeg. Until then the camera's own pictures are recorded, as AVI.",
        "recording.noFfmpeg");

    public static Reason NoEncoder { get; } = new(
        "The installed ffmpeg cannot make H.264. Install the system's own: sudo apt install ffmpeg. Until then the camera's own pictures are recorded, as AVI.", "recording.noEncoder");

    public static Reason NothingInIt { get; } = new("There is nothing in the recording that can be played.", "recording.nothingInIt");

    /// <param name="frames">How many.</param>
    public static Reason Lost(string frames) => new(
        $"{frames} pictures are not in the recording: this machine or its disk was too slow for them. Choose a lower quality, a smaller picture, or the camera's own pictures.",
        "recording.lost", frames);

    /// <param name="most">How many may.</param>
    public static Reason TooManyWatch(string most) => new(
        $"{most} programs watch /stream.mp4 already, and each needs an encoder of its own. /stream.mjpg takes as many as the network does.", "recording.tooManyWatch", most);

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Failed(string error) => new($"The recording failed: {error}.", "recording.failed", error);

    /// <summary>It was begun again too often.</summary>
    /// <param name="error">What went wrong the last time, in English.</param>
    public static Reason GivenUp(string error) => new($"The recording was given up, as it failed again and again: {error}.", "recording.givenUp", error);
}

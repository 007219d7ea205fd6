namespace PiCam.Hardware.Ffmpeg;

/// <summary>How sentences about an ffmpeg camera go: "The video file a.mp4 cannot be played: …".</summary>
/// <param name="Subject">For example "The video file a.mp4".</param>
/// <param name="CannotStart">For example "cannot be played".</param>
/// <param name="HasEnded">For example "is not played any more".</param>
internal sealed record FfmpegWords(string Subject, string CannotStart, string HasEnded);

using PiCam.Core;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>What is said of an ffmpeg camera that is not there, given what went wrong.</summary>
/// <param name="CannotStart">There was no picture: "The video file a.mp4 cannot be played: …".</param>
/// <param name="HasEnded">There was one: "The video file a.mp4 is not played any more: …".</param>
internal sealed record FfmpegWords(Func<string, Reason> CannotStart, Func<string, Reason> HasEnded);

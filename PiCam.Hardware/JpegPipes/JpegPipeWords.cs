using PiCam.Core;

namespace PiCam.Hardware.JpegPipes;

/// <summary>What is said of a camera that is not there, given what went wrong with its program.</summary>
/// <param name="CannotStart">There was no picture: "The video file a.mp4 cannot be played: …".</param>
/// <param name="HasEnded">There was one: "The video file a.mp4 is not played any more: …".</param>
internal sealed record JpegPipeWords(Func<string, Reason> CannotStart, Func<string, Reason> HasEnded);

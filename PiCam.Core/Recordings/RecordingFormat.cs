namespace PiCam.Core.Recordings;

/// <summary>What a recording's file holds.</summary>
public enum RecordingFormat
{
    /// <summary>H.264 in an MP4 file, by ffmpeg: small, and every browser plays it.</summary>
    H264,

    /// <summary>The camera's own JPEGs in an AVI file, not encoded again: large, and costs next to no processor.</summary>
    Mjpeg,
}

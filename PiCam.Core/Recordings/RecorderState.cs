namespace PiCam.Core.Recordings;

/// <summary>What the recorder does now.</summary>
public sealed record RecorderState
{
    /// <summary>Why it records; empty: it does not.</summary>
    public IReadOnlyList<RecordingReason> Reasons { get; init; } = [];

    /// <summary>Whether it records; what was asked to end may still be written.</summary>
    public bool IsRecording => Reasons.Count > 0;

    /// <summary>Whether files are being written.</summary>
    public bool IsWriting { get; init; }

    /// <summary>When its first frame was taken; null: there is none yet.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>From its first frame to its newest one.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Of all its files.</summary>
    public long Bytes { get; init; }

    /// <summary>How many files it has begun.</summary>
    public int Parts { get; init; }

    /// <summary>The frames in its files.</summary>
    public long Frames { get; init; }

    /// <summary>Frames that came and are in no file.</summary>
    public long Lost { get; init; }

    /// <summary>What its files hold.</summary>
    public RecordingFormat? Format { get; init; }

    /// <summary>What is not as it should be, of this recording or the last one; null: nothing.</summary>
    public Reason? Fault { get; init; }

    /// <summary>The ids of the finished files of this recording or the last one, oldest first.</summary>
    public IReadOnlyList<string> MediaIds { get; init; } = [];
}

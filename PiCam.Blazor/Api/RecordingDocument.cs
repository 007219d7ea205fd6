using PiCam.Core.Recordings;

namespace PiCam.Blazor.Api;

/// <summary>What the recorder does.</summary>
/// <param name="IsRecording">Whether somebody wants a recording now.</param>
/// <param name="IsWriting">Whether files are being written; a little longer than it records.</param>
/// <param name="Reasons">Why it records; several make one recording.</param>
/// <param name="Since">When the first frame was taken, which may be before it was asked for; null: there is none.</param>
/// <param name="Seconds">From the first frame to the newest one.</param>
/// <param name="Bytes">Of all files of this recording.</param>
/// <param name="Parts">How many files it has begun.</param>
/// <param name="Frames">The frames in them.</param>
/// <param name="Lost">Frames that came and are in no file.</param>
/// <param name="Format">What its files hold: "h264" (MP4) or "mjpeg" (AVI); null: there is none.</param>
/// <param name="Fault">What is not as it should be; null: nothing.</param>
/// <param name="MediaIds">The finished files of this recording or the last one, by their ids in the library, oldest first.</param>
internal sealed record RecordingDocument(
    bool IsRecording,
    bool IsWriting,
    IReadOnlyList<RecordingReasonDocument> Reasons,
    DateTimeOffset? Since,
    double Seconds,
    long Bytes,
    int Parts,
    long Frames,
    long Lost,
    RecordingFormat? Format,
    string? Fault,
    IReadOnlyList<string> MediaIds)
{
    public static RecordingDocument From(Recorder recorder)
    {
        var state = recorder.State;
        return new(
            state.IsRecording,
            state.IsWriting,
            [.. state.Reasons.Select(reason => new RecordingReasonDocument(reason.Id, reason.By, reason.Until))],
            state.Since,
            Math.Round(state.Elapsed.TotalSeconds, 1),
            state.Bytes,
            state.Parts,
            state.Frames,
            state.Lost,
            state.Format,
            state.Fault?.English,
            state.MediaIds);
    }
}

/// <summary>One reason to record.</summary>
/// <param name="Id">"people" for what was asked for by button, key or API.</param>
/// <param name="By">Who or what wants it.</param>
/// <param name="Until">When it ends by itself; null: when somebody ends it.</param>
internal sealed record RecordingReasonDocument(string Id, string By, DateTimeOffset? Until);

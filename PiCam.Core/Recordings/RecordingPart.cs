using PiCam.Core.Frames;
using PiCam.Core.Media;

namespace PiCam.Core.Recordings;

/// <summary>One file of a recording, and what went into it.</summary>
/// <param name="file">The file.</param>
/// <param name="draft">Its place in the library.</param>
/// <param name="plan">How it is made.</param>
/// <param name="first">The frame it begins with.</param>
/// <param name="epoch">The <see cref="RecordingParts.Epoch"/> at its beginning.</param>
internal sealed class RecordingPart(IRecordingFile file, MediaDraft draft, RecordingPlan plan, Frame first, DateTimeOffset epoch)
{
    // A clock that has been set: what follows belongs to another time.
    private static readonly TimeSpan ClockJump = TimeSpan.FromSeconds(5);

    private TimeSpan lastDuration = plan.FrameDuration;
    private Frame? last;

    public IRecordingFile File => file;

    public MediaDraft Draft => draft;

    public RecordingPlan Plan => plan;

    /// <summary>The frames that were written to it.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that were written to it and are not in it; known at the end.</summary>
    public long Missing { get; set; }

    /// <summary>From the first frame to the end of the last one.</summary>
    public TimeSpan Duration => Elapsed(last ?? first) + lastDuration;

    /// <summary>Why it is not made as people wanted; null: it is.</summary>
    public Reason? Shortcoming { get; init; }

    /// <summary>Whether this frame belongs into the next file.</summary>
    /// <param name="frame">The next one.</param>
    /// <param name="now">The present <see cref="RecordingParts.Epoch"/>.</param>
    /// <param name="settings">When a file is full.</param>
    /// <param name="turn">How the camera's picture is turned by now.</param>
    public bool EndsBefore(Frame frame, DateTimeOffset now, RecordingSettings settings, int turn) =>
        (last is not null && !frame.Follows(last))
        || !file.Takes(frame)
        || turn != plan.Turn
        || Elapsed(frame) >= settings.PartLength
        || (settings.PartMegabytes is { } most && file.Bytes >= most * 1_000_000L)
        || (now - epoch).Duration() > ClockJump;

    public async Task WriteAsync(Frame frame)
    {
        await file.WriteAsync(frame).ConfigureAwait(false);
        if (last is not null)
        {
            lastDuration = frame.Metadata.SensorTimestamp - last.Metadata.SensorTimestamp;
        }

        last = frame;
        Frames++;
    }

    private TimeSpan Elapsed(Frame frame) => frame.Metadata.SensorTimestamp - first.Metadata.SensorTimestamp;
}

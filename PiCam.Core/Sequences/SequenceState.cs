namespace PiCam.Core.Sequences;

/// <summary>How a sequence stands, or how it ended.</summary>
public sealed record SequenceState
{
    /// <summary>32 hexadecimal digits; the <see cref="Media.MediaItem.Sequence"/> of its pictures.</summary>
    public required string Id { get; init; }

    public required SequenceRequest Request { get; init; }

    /// <summary>The name of who asked for it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public SequencePhase Phase { get; init; }

    /// <summary>When the self-timer ends; null: it does not run.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Pictures that were taken; they may still wait to be kept.</summary>
    public int Taken { get; init; }

    /// <summary>Pictures that are in the library.</summary>
    public int Kept { get; init; }

    /// <summary>Pictures that were taken and could not be kept; 0 while it is under way.</summary>
    public int Lost { get; init; }

    /// <summary>Frames between the pictures of a burst at the stream's rate that came too fast for the disk, or for the camera's own reader.</summary>
    public long Skipped { get; init; }

    /// <summary>By the pace so far; null: nobody knows.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Null: it is under way.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended before its time; null: it did not.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The pictures of a bracket or a focus series one by one, once it is known what each is taken with; none for a burst.</summary>
    public IReadOnlyList<SequenceStep> Steps { get; init; } = [];

    public bool IsUnderWay => EndedAt is null;
}

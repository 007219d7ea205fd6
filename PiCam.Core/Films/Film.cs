namespace PiCam.Core.Films;

/// <summary>A film that somebody asked for, and how far it is.</summary>
public sealed record Film
{
    /// <summary>32 hexadecimal digits; not the id that it has in the library.</summary>
    public required string Id { get; init; }

    /// <summary>The run whose pictures it is made of.</summary>
    public required string Sequence { get; init; }

    /// <summary>What it will be called.</summary>
    public required string Name { get; init; }

    public required FilmSettings Settings { get; init; }

    /// <summary>The name of who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>When it was asked for; its time in the library.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    public FilmState State { get; init; }

    /// <summary>How many the run has.</summary>
    public int Pictures { get; init; }

    /// <summary>Pictures that were put together, or verified, so far.</summary>
    public int Done { get; init; }

    /// <summary>Pictures that could not be read and are not in it.</summary>
    public int Skipped { get; init; }

    /// <summary>Until this part of the work is done; null: not known (yet).</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Its id in the library, once it is there.</summary>
    public string? MediaId { get; init; }

    /// <summary>Pictures that were deleted after it was verified.</summary>
    public int Removed { get; init; }

    /// <summary>Why it could not be made; of one that is done: why the pictures were not deleted as asked.</summary>
    public Reason? Fault { get; init; }

    /// <summary>How long it plays, as far as is known.</summary>
    public TimeSpan Duration => LengthOf(Pictures - Skipped, Settings.FramesPerSecond);

    /// <summary>It will not change any more.</summary>
    public bool IsOver => State is FilmState.Done or FilmState.Failed or FilmState.Cancelled;

    /// <summary>How long so many pictures play.</summary>
    public static TimeSpan LengthOf(int pictures, int framesPerSecond) => TimeSpan.FromSeconds((double)pictures / framesPerSecond);
}

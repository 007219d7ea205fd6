namespace PiCam.Core.Media;

/// <summary>Which part of the library somebody wants to see; newest first.</summary>
public sealed record MediaQuery
{
    /// <summary>The most entries of one page.</summary>
    public const int MostPerPage = 200;

    /// <summary>Only these; none: every kind.</summary>
    public IReadOnlyList<MediaKind> Kinds { get; init; } = [];

    /// <summary>Taken at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Taken before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Only entries of this day or later, where the panel was then; together with <see cref="LastDay"/>. A collapsed run is an entry of
    /// its newest picture's day, all of it.
    /// </summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>Only entries of this day or earlier; together with <see cref="FirstDay"/>.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Taken at the gimbal's preset of this id.</summary>
    public string? Preset { get; init; }

    /// <summary>Of this run; the films made of it only if <see cref="Kinds"/> name them, so that who deletes a run keeps its film.</summary>
    public string? Sequence { get; init; }

    /// <summary>In the name, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>One entry for each run, by its newest picture; a film made of a run is an entry of its own.</summary>
    public bool CollapsesSequences { get; init; }

    /// <summary>Goes on after a page's <see cref="MediaPage.Next"/>; null: the newest.</summary>
    public MediaCursor? Before { get; init; }

    /// <summary>Passes over so many entries: to see the middle of a day that has many.</summary>
    public int Skip { get; init; }

    /// <summary>Entries of a page, 1 to <see cref="MostPerPage"/>.</summary>
    public int Count { get; init; } = 60;
}

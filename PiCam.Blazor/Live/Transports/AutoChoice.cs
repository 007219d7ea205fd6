using PiCam.Core;
using PiCam.Core.Frames.Sizes;

namespace PiCam.Blazor.Live.Transports;

/// <summary>
/// Which transport suits one page, judged by the size of picture that its link carries. Whole ones go as text; somewhat smaller ones, as bytes;
/// for a link that carries half of their width at most there is the film. From there the way back is tried when the film has come in its
/// best quality for a while; each time that it did not hold, that while becomes longer.
/// </summary>
internal sealed class AutoChoice
{
    // The best quality looks like whole pictures: nobody waits for more.
    private static readonly TimeSpan BestToReturn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostToReturn = TimeSpan.FromSeconds(300);

    // Less than this is no time to have held.
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(60);

    // Twice in a row that a film was asked for and no picture of it was drawn.
    private const int MostFailures = 2;

    private TimeSpan toReturn = BestToReturn;
    private TimeSpan? returned;
    private int failures;

    /// <summary>What to use now.</summary>
    public TransportKind Kind { get; private set; } = TransportKind.Base64;

    /// <summary>Why.</summary>
    public AutoReason Reason { get; private set; } = AutoReason.LinkIsQuick;

    /// <summary>The size to begin with.</summary>
    public FrameSize First { get; private set; } = FrameSize.Whole;

    /// <summary>Whether a film can be made here and shown there; not known at first.</summary>
    public bool FilmIsPossible { get; set; }

    /// <summary>The link carries pictures of this size.</summary>
    /// <param name="size">While they are sent as pictures.</param>
    /// <param name="now">On any clock that does not jump.</param>
    /// <returns>Whether another transport is to be used now.</returns>
    public bool Carries(FrameSize size, TimeSpan now)
    {
        if (size <= FrameSize.Half && FilmIsPossible && failures < MostFailures)
        {
            toReturn = returned is { } at && now - at < Holds ? Backoff.Doubled(toReturn, MostToReturn) : BestToReturn;
            return Use(TransportKind.H264, AutoReason.LinkIsSlow, size);
        }

        if (size < FrameSize.Whole && Kind == TransportKind.Base64)
        {
            return Use(TransportKind.Binary, ReasonFor(size), size);
        }

        if (Kind == TransportKind.Binary)
        {
            Reason = ReasonFor(size);
        }

        return false;
    }

    /// <summary>How the film fares.</summary>
    /// <param name="best">For how long pictures have come as if the link had no limit, in the best quality.</param>
    /// <param name="now">See <see cref="Carries"/>.</param>
    /// <inheritdoc cref="Carries"/>
    public bool Films(TimeSpan best, TimeSpan now)
    {
        if (best < toReturn)
        {
            return false;
        }

        returned = now;
        return Use(TransportKind.Binary, ReasonFor(FrameSize.Whole), FrameSize.Whole);
    }

    /// <summary>A picture of the film was drawn.</summary>
    public void FilmCame() => failures = 0;

    /// <summary>No picture of the film came.</summary>
    /// <inheritdoc cref="Carries"/>
    public bool FilmFailed() => ++failures >= MostFailures && Use(TransportKind.Binary, AutoReason.LinkIsSlowWithoutFilm, FrameSize.Half);

    private static AutoReason ReasonFor(FrameSize size) => size switch
    {
        <= FrameSize.Half => AutoReason.LinkIsSlowWithoutFilm,
        < FrameSize.Whole => AutoReason.LinkIsSlower,
        _ => AutoReason.LinkIsQuickAgain,
    };

    private bool Use(TransportKind kind, AutoReason reason, FrameSize first)
    {
        (Kind, Reason, First) = (kind, reason, first);
        return true;
    }
}

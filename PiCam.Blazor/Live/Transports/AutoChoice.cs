using PiCam.Core;
using PiCam.Core.Frames.Sizes;

namespace PiCam.Blazor.Live.Transports;

/// <summary>
/// Which transport suits one page, judged by the size of picture that its link carries, and by how many come. Whole ones go as text; somewhat
/// smaller ones, as bytes; for a link that carries half of their width at most, or fewer than every other picture, there is the film. From
/// there the way back is tried when the film has come in its best quality for a while, unless the way takes longer than a frame; each time that it did
/// not hold, that while becomes longer.
/// </summary>
internal sealed class AutoChoice
{
    // The best quality looks like whole pictures: nobody waits for more.
    private static readonly TimeSpan BestToReturn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostToReturn = TimeSpan.FromSeconds(300);

    // Less than this is no time to have held.
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(60);

    // Twice in a row that a film was asked for and no picture of it was drawn. An encoder may have hung: later it is tried once more.
    private const int MostFailures = 2;
    private static readonly TimeSpan FailureCounts = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MostFailureCounts = TimeSpan.FromMinutes(15);

    // One picture at a time: each waits for the answer to the one before. For so long that is no page that is just being opened. Nobody
    // looked, or the camera was lost, where there is a pause.
    private static readonly TimeSpan FewPictures = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A camera with more is not missed by the eye.
    private static readonly TimeSpan LeastFrame = TimeSpan.FromSeconds(1 / 30.0);

    private TimeSpan toReturn = BestToReturn;
    private TimeSpan? returned;
    private TimeSpan? fewSince;
    private TimeSpan noted;
    private (FrameSize Size, AutoReason Reason) instead = (FrameSize.Half, AutoReason.LinkIsSlowWithoutFilm);
    private AutoReason taken = AutoReason.LinkIsSlow;
    private int failures;
    private TimeSpan failed;
    private TimeSpan failureCounts = FailureCounts;

    /// <summary>What to use now.</summary>
    public TransportKind Kind { get; private set; } = TransportKind.Base64;

    /// <summary>Why.</summary>
    public AutoReason Reason { get; private set; } = AutoReason.LinkIsQuick;

    /// <summary>The size to begin with; null: nothing is known of the link.</summary>
    public FrameSize? First { get; private set; }

    /// <summary>Whether a film can be made here and shown there; not known at first.</summary>
    public bool FilmIsPossible { get; set; }

    /// <summary>The link carries pictures of this size.</summary>
    /// <param name="size">While they are sent as pictures.</param>
    /// <param name="took">How long one takes there and back, on average.</param>
    /// <param name="frame">The time between two pictures of the camera.</param>
    /// <param name="now">On any clock that does not jump.</param>
    /// <returns>Whether another transport is to be used now.</returns>
    public bool Carries(FrameSize size, TimeSpan took, TimeSpan frame, TimeSpan now)
    {
        var isPause = now - noted > Pause + took + frame;
        (noted, fewSince) = (now, took > 2 * Shown(frame) ? (isPause ? now : fewSince ?? now) : null);
        First = took > TimeSpan.Zero ? size : First;
        var isSlow = size <= FrameSize.Half;
        if (FilmIsPossible && (isSlow ? MayFilm(now) : now - fewSince > FewPictures && failures < MostFailures))
        {
            instead = isSlow ? (FrameSize.Half, AutoReason.LinkIsSlowWithoutFilm) : (size, AutoReason.NoFilm);
            toReturn = returned is { } at && now - at < Holds ? Backoff.Doubled(toReturn, MostToReturn) : BestToReturn;
            taken = size < FrameSize.Whole ? AutoReason.LinkIsSlow : AutoReason.PicturesAreFew;
            return Use(TransportKind.H264, taken, size);
        }

        if (size < FrameSize.Whole && Kind == TransportKind.Base64)
        {
            return Use(TransportKind.Binary, ReasonFor(size), size);
        }

        if (Kind == TransportKind.Binary)
        {
            // Why it is so few; not to be said and taken back with every other picture.
            var isFew = took > (Reason == AutoReason.NoFilm ? 1.5 : 2) * Shown(frame);
            Reason = isFew && size == FrameSize.Whole && failures >= MostFailures ? AutoReason.NoFilm : ReasonFor(size);
        }

        return false;
    }

    /// <summary>How the film fares.</summary>
    /// <param name="best">For how long pictures have come as if the link had no limit, in the best quality.</param>
    /// <param name="way">How long the quickest one took there and back.</param>
    /// <param name="frame">See <see cref="Carries"/>.</param>
    /// <param name="now">See <see cref="Carries"/>.</param>
    /// <inheritdoc cref="Carries"/>
    public bool Films(TimeSpan best, TimeSpan way, TimeSpan frame, TimeSpan now)
    {
        if (best < toReturn)
        {
            Reason = taken;
            return false;
        }

        if (way > Shown(frame))
        {
            // Whole pictures would be fewer than those of the film.
            Reason = AutoReason.PicturesAreFew;
            return false;
        }

        returned = now;
        return Use(TransportKind.Binary, ReasonFor(FrameSize.Whole), FrameSize.Whole);
    }

    /// <summary>A picture of the film was drawn.</summary>
    public void FilmCame() => (failures, failureCounts) = (0, FailureCounts);

    /// <summary>No picture of the film came.</summary>
    /// <param name="now">See <see cref="Carries"/>.</param>
    /// <inheritdoc cref="Carries"/>
    public bool FilmFailed(TimeSpan now)
    {
        failed = now;
        return ++failures >= MostFailures && Use(TransportKind.Binary, instead.Reason, instead.Size);
    }

    private static TimeSpan Shown(TimeSpan frame) => frame > LeastFrame ? frame : LeastFrame;

    private bool MayFilm(TimeSpan now)
    {
        if (failures >= MostFailures && now - failed > failureCounts)
        {
            // Once more, and if in vain the next time is further off.
            (failures, failureCounts) = (MostFailures - 1, Backoff.Doubled(failureCounts, MostFailureCounts));
        }

        return failures < MostFailures;
    }

    private static AutoReason ReasonFor(FrameSize size) => size switch
    {
        <= FrameSize.Half => AutoReason.LinkIsSlowWithoutFilm,
        < FrameSize.Whole => AutoReason.LinkIsSlower,
        _ => AutoReason.LinkIsQuickAgain,
    };

    private bool Use(TransportKind kind, AutoReason reason, FrameSize first)
    {
        (Kind, Reason, First, fewSince) = (kind, reason, first, null);
        return true;
    }
}

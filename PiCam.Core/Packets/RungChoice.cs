namespace PiCam.Core.Packets;

/// <summary>
/// Chooses the rung for one viewer by how long packets take until they are acknowledged. What the quickest of the last seconds took is the way
/// there and back; what others took beyond that they stood in a queue, or were themselves long on the wire. A queue that stays means that
/// the link carries less than the film; from short waits follows what it carries at least.
/// </summary>
public sealed class RungChoice
{
    /// <summary>A queue that stays longer than this is too long: it is seen as lateness, and whatever else uses the link waits as well.</summary>
    public static readonly TimeSpan LongestQueue = TimeSpan.FromMilliseconds(90);

    // Longer than any key frame takes on a link that carries the film.
    private static readonly TimeSpan Jam = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(1);

    // A link is not filled to the brim: a scene may become restless at any time.
    private const double Share = 0.75;

    // Packets that wait no longer than that on average leave the link idle between them, or all that is measured is how busy the browser is.
    private static readonly TimeSpan ShortQueue = TimeSpan.FromMilliseconds(20);

    // A film begins with its largest packet; by then that has been digested.
    private static readonly TimeSpan ToSettle = TimeSpan.FromSeconds(0.35);
    private const int LeastToJudge = 6;

    // After a rung that was too much the queue that it left goes away first.
    private static readonly TimeSpan ToRecover = TimeSpan.FromSeconds(1.2);

    // How long a better rung must be promised; one that did not hold, each time twice as long.
    private static readonly TimeSpan ToRise = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MostToRise = TimeSpan.FromSeconds(3);

    // After that a better one is tried without a promise.
    private static readonly TimeSpan ToTry = TimeSpan.FromSeconds(60);

    // A better one that lasted as long did hold.
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1.5);

    // A packet twice as large as others, a key frame that is, tells what the link carries; for so long. The browser sets itself up for the first of
    // a rung: it tells only if the link carries more than was known.
    private const double Large = 2;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(6);

    // Bytes that a link takes at once after a pause, however slow it is: there are buckets of tokens on the way.
    private const int Burst = 4096;

    // A measurement is of the least that the link carries: only less than this part says that a rung is too much.
    private const double Perhaps = 0.6;

    // Large pictures take the browser long, too, and that looks like a queue: with only this part known, and no longer waits than such, a rung that
    // has not failed yet is tried a little later.
    private const double Hardly = 0.2;
    private static readonly TimeSpan BusyBrowser = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ToDare = TimeSpan.FromSeconds(0.4);

    // What is known of the link is to be so much better than a rung that did not hold.
    private const int Certain = 3;

    private const int MostStep = 2;

    // The lower rungs have key frames made to find out: they are small there, and much is to be won.
    private const int MostToAsk = 2;
    private static readonly TimeSpan BetweenAsking = TimeSpan.FromSeconds(1);

    private static readonly IReadOnlyList<FilmRung> Rungs = FilmRung.All;

    private readonly Window window = new();
    private double queue;
    private double meanQueue;
    private double meanBytes;
    private double moreBytes;
    private (TimeSpan At, double Carries)? measured;
    private TimeSpan? asked;
    private int judged;
    private TimeSpan began;

    // When the present rung was chosen.
    private TimeSpan? moved;
    private TimeSpan settling = ToSettle;
    private TimeSpan? promisedSince;
    private TimeSpan? quickSince;
    private (TimeSpan At, int From)? rose;

    // The lowest rung that did not hold, and how long a promise to reach it must last.
    private int failed = int.MaxValue;
    private TimeSpan patience = ToRise;

    /// <summary>What to send next, an index into <see cref="FilmRung.All"/>.</summary>
    public int Rung { get; private set; }

    /// <summary>For how long packets of the best rung have come as quickly as if the link had no limit.</summary>
    public TimeSpan Best { get; private set; }

    /// <summary>How long a packet takes at least, there and back; not more than a second, whatever is measured.</summary>
    public TimeSpan Way { get; private set; }

    // What the link carries at least, in bits per second: so many bytes more than the quickest packet had took so much longer than that one.
    private double Carries => Math.Max(measured?.Carries ?? 0, 8 * moreBytes / Math.Max(0.001, meanQueue));

    /// <summary>Notes a packet of this rung that the browser acknowledged; those of others say nothing of it.</summary>
    /// <param name="took">From here to the acknowledgement.</param>
    /// <param name="bytes">How large it was.</param>
    /// <param name="waits">Whether others wait until there is room for them.</param>
    /// <param name="now">On any clock that does not jump.</param>
    public void Acknowledged(TimeSpan took, int bytes, bool waits, TimeSpan now)
    {
        if (now - took < moved)
        {
            // It was sent before: in the same jam that this rung was chosen for.
            return;
        }

        if (judged++ == 0)
        {
            began = now;
        }

        var least = window.Least(new(took, bytes), waits, now, out var isQuicker);
        Way = least.Took < LongestWay ? least.Took : LongestWay;
        if (isQuicker)
        {
            (failed, patience) = (int.MaxValue, ToRise);
        }

        var waited = (took - least.Took).TotalSeconds;
        Measure(bytes, waited, now);
        queue += (waited - queue) * Math.Max(0.2, 1.0 / judged);
        meanQueue += (waited - meanQueue) * Math.Max(0.05, 1.0 / judged);
        meanBytes += (bytes - meanBytes) * Math.Max(0.05, 1.0 / judged);
        moreBytes += (Math.Max(0, bytes - least.Bytes) - moreBytes) * Math.Max(0.05, 1.0 / judged);
        var isSettled = judged >= LeastToJudge && now - began >= settling;
        if (waited > Jam.TotalSeconds || (isSettled && queue > LongestQueue.TotalSeconds))
        {
            Fall(now);
        }
        else if (isSettled)
        {
            Rise(now);
        }
    }

    /// <summary>Whether a packet that took so long stood in a jam.</summary>
    public bool IsJam(TimeSpan took) => Way > TimeSpan.Zero && took - Way > Jam;

    /// <summary>Another rung than this one cannot be had now.</summary>
    /// <param name="rung">What is sent instead of <see cref="Rung"/>.</param>
    /// <param name="now">See <see cref="Acknowledged"/>.</param>
    public void HoldAt(int rung, TimeSpan now)
    {
        rose = null;
        Move(rung, now);
    }

    /// <summary>Whether a key frame would tell more of the link; asked for once each time.</summary>
    public bool TakeKeyWish(TimeSpan now)
    {
        var wants = Rung <= MostToAsk && judged >= LeastToJudge && now - began >= ToSettle && queue < ShortQueue.TotalSeconds
            && !(now - asked < BetweenAsking) && !(now - measured?.At < BetweenAsking);
        asked = wants ? now : asked;
        return wants;
    }

    private void Measure(int bytes, double waited, TimeSpan now)
    {
        var carries = 8 * (bytes - Burst) / Math.Max(0.001, waited);
        if (bytes > Large * meanBytes && bytes >= 1.25 * Burst && (judged > 1 || (moved is not null && carries > measured?.Carries)))
        {
            measured = (now, carries);
        }
        else if (now - measured?.At > Fresh)
        {
            measured = null;
        }
    }

    private void Rise(TimeSpan now)
    {
        if (Rung == Rungs.Count - 1)
        {
            quickSince = queue < LongestQueue.TotalSeconds / 3 ? quickSince ?? now : null;
            Best = now - (quickSince ?? now);
            return;
        }

        var isIdle = meanQueue < ShortQueue.TotalSeconds;
        if (isIdle && now - rose?.At > Holds)
        {
            rose = null;
        }

        if (isIdle && Rung >= failed)
        {
            // What did not hold once does now.
            (failed, patience) = (int.MaxValue, ToRise);
        }

        var next = Rungs[Rung + 1].BitRate;
        var isUntried = Rung + 1 < failed;
        var isCertain = Share * Carries > (isUntried ? 1 : Certain) * next;
        var isLikely = Share * Carries > next || (isIdle && (measured is null || Carries > Perhaps * next));
        var isConceivable = isUntried && meanQueue < BusyBrowser.TotalSeconds && Carries > Hardly * next;
        promisedSince = isCertain || isLikely || isConceivable ? promisedSince ?? now : null;
        var toWait = isCertain ? TimeSpan.Zero : isLikely && isUntried ? ToRise : isLikely ? patience : ToDare;
        if (now - promisedSince >= toWait || now - began >= ToTry)
        {
            rose = (now, Rung);
            settling = ToSettle;
            Move(Math.Max(Rung + 1, Math.Min(Rung + MostStep, Carried())), now);
        }
    }

    private void Fall(TimeSpan now)
    {
        settling = ToRecover;
        measured = null;
        if (rose is { } step)
        {
            // What was tried did not hold; what was before it did.
            (rose, failed, patience) = (null, Math.Min(failed, Rung), Backoff.Doubled(patience, MostToRise));
            Move(step.From, now);
        }
        else
        {
            Move(Math.Max(0, Math.Min(Rung - 1, Math.Max(Rung - 2, Carried()))), now);
        }
    }

    // The best rung that the link carries for certain.
    private int Carried()
    {
        var best = 0;
        while (best + 1 < Rungs.Count && Share * Carries > Rungs[best + 1].BitRate)
        {
            best++;
        }

        return best;
    }

    // What queued up on the lowest one goes away by skipping.
    private void Move(int to, TimeSpan now)
    {
        (Rung, moved) = (to, now);
        (judged, promisedSince, quickSince, queue, meanQueue, meanBytes, moreBytes, Best) = (0, null, null, 0, 0, 0, 0, default);
    }

    /// <summary>
    /// The least of the last ten to twenty seconds: a way may become longer. While a queue never ends it is not seen how long the way is: then the
    /// least of two minutes.
    /// </summary>
    private sealed class Window
    {
        private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
        private static readonly TimeSpan Quicker = TimeSpan.FromMilliseconds(8);
        private static readonly TimeSpan MostLength = TimeSpan.FromSeconds(120);

        private Sample former = Sample.None;
        private Sample present = Sample.None;
        private TimeSpan began;
        private TimeSpan waited;

        /// <param name="sample">The newest.</param>
        /// <param name="waits">Whether there is a queue now.</param>
        /// <param name="now">See <see cref="Acknowledged"/>.</param>
        /// <param name="isQuicker">Whether the link has become quicker: nothing as large took clearly less before.</param>
        public Sample Least(Sample sample, bool waits, TimeSpan now, out bool isQuicker)
        {
            var before = present.Took < former.Took ? present : former;
            isQuicker = before != Sample.None && sample.Took < before.Took - Quicker && sample.Bytes > 0.7 * before.Bytes;
            waited = waits ? now : waited;
            if (now - began > (now - waited > Length ? Length : MostLength))
            {
                (former, present, began) = (present, Sample.None, now);
            }

            present = sample.Took < present.Took ? sample : present;
            return present.Took < former.Took ? present : former;
        }
    }

    private readonly record struct Sample(TimeSpan Took, int Bytes)
    {
        public static Sample None { get; } = new(TimeSpan.MaxValue, 0);
    }
}

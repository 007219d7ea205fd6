using System.Runtime.CompilerServices;

namespace PiCam.Core.Packets;

/// <summary>
/// One viewer's place in the live film, on the rung that its link can carry. It gets nothing more while its oldest unacknowledged packet
/// is a quarter of a second older than the way there and back takes; what it missed meanwhile it skips. One task asks for packets, and one acknowledges.
/// </summary>
public sealed class FilmSubscription : IDisposable
{
    /// <summary>A viewer who acknowledges nothing for that long has gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan OldestInFlight = TimeSpan.FromMilliseconds(250);

    // A new rung that does not come by then is given up for now.
    private static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(5);

    // What a viewer may lag behind; more is skipped.
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(0.2);

    private readonly LiveFilms films;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly RungChoice choice = new();
    private readonly Queue<Sent> flying = [];
    private TaskCompletionSource? room;
    private PacketSubscription current;
    private Change? change;
    private int rung;
    private uint number;
    private long skippedBefore;

    internal FilmSubscription(LiveFilms films, TimeProvider time)
    {
        (this.films, this.time) = (films, time);
        rung = films.Nearest(choice.Rung, present: null);
        current = films[rung].Subscribe();
    }

    /// <summary>Pictures that this viewer did not get.</summary>
    public long Skipped => skippedBefore + current.Skipped;

    /// <summary>For how long packets of the best rung have come as quickly as if the link had no limit.</summary>
    public TimeSpan Best
    {
        get
        {
            lock (gate)
            {
                return choice.Best;
            }
        }
    }

    /// <summary>How long a packet takes at least, there and back.</summary>
    public TimeSpan Way
    {
        get
        {
            lock (gate)
            {
                return choice.Way;
            }
        }
    }

    /// <summary>What goes out next; waits for it, and until there is room for it.</summary>
    /// <exception cref="TimeoutException">The viewer acknowledged nothing for <see cref="Patience"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FilmPart> NextAsync(CancellationToken cancellationToken)
    {
        while (Full() is { } full)
        {
            await full.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
        }

        if (IsLate)
        {
            current.SkipToKey();
        }

        if (TakeKeyWish())
        {
            current.RequestKey();
        }

        var next = await FromEitherAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            flying.Enqueue(new(++number, time.GetTimestamp(), next.Packet, rung));
        }

        return new(number, next.Header, next.Packet, rung);
    }

    /// <summary>Notes that the viewer has drawn a packet, and all before it.</summary>
    /// <returns>The packet; null: it was noted already, or never sent.</returns>
    public FilmPacket? Acknowledged(uint drawn)
    {
        lock (gate)
        {
            FilmPacket? newest = null;
            while (flying.TryPeek(out var sent) && sent.Number <= drawn)
            {
                flying.Dequeue();
                newest = sent.Packet;
                var (took, now) = (time.GetElapsedTime(sent.At), time.GetElapsedTime(0));
                if (sent.Rung == choice.Rung)
                {
                    choice.Acknowledged(took, sent.Packet.Data.Length, room is not null, now);
                }
                else if (sent.Rung == rung && rung < choice.Rung && choice.IsJam(took))
                {
                    // A better one is waited for, and must not come into this.
                    choice.HoldAt(rung, now);
                }
            }

            if (newest is not null)
            {
                room?.TrySetResult();
                room = null;
            }

            return newest;
        }
    }

    public void Dispose()
    {
        change?.Dispose();
        current.Dispose();
    }

    // The one packet that waits may be as far from the last as the camera's pictures are.
    private bool IsLate => current.Behind > MostBehind && current.Waiting > 1;

    private Task? Full()
    {
        lock (gate)
        {
            return flying.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > choice.Way + OldestInFlight
                ? (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : null;
        }
    }

    private bool TakeKeyWish()
    {
        lock (gate)
        {
            return choice.TakeKeyWish(time.GetElapsedTime(0));
        }
    }

    // The old film goes on until the new one has begun.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(FilmHeader Header, FilmPacket Packet)> FromEitherAsync(CancellationToken cancellationToken)
    {
        Plan();
        if (change is null)
        {
            return await current.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var going = current.NextAsync(either.Token).AsTask();
        await Task.WhenAny(going, change.Coming).ConfigureAwait(false);
        if (!change.Coming.IsCompletedSuccessfully)
        {
            return await going.ConfigureAwait(false);
        }

        await either.CancelAsync().ConfigureAwait(false);
        await ((Task)going).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        skippedBefore += current.Skipped;
        current.Dispose();
        var first = await change.Coming.ConfigureAwait(false);
        (current, rung) = change.Leave();
        change = null;

        // It may have waited here for long; by now its film may be over, and the camera off.
        if (films[rung].Header == first.Header && !IsLate)
        {
            return first;
        }

        current.SkipToKey();
        return await current.NextAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Plan()
    {
        int wanted;
        lock (gate)
        {
            var isOverdue = change is not null && time.GetElapsedTime(change.Since) > LongestChange;
            wanted = isOverdue ? rung : films.Nearest(choice.Rung, rung);
            if (wanted != choice.Rung)
            {
                choice.HoldAt(wanted, time.GetElapsedTime(0));
            }
        }

        if (change is not null && change.Rung != wanted)
        {
            change.Dispose();
            change = null;
        }

        if (change is null && wanted != rung)
        {
            change = new(wanted, films[wanted].Subscribe(), time.GetTimestamp());
        }
    }

    private readonly record struct Sent(uint Number, long At, FilmPacket Packet, int Rung);

    /// <summary>A rung that is waited for.</summary>
    private sealed class Change : IDisposable
    {
        private readonly CancellationTokenSource ending = new();
        private PacketSubscription? subscription;

        public Change(int rung, PacketSubscription subscription, long since)
        {
            (Rung, Since, this.subscription) = (rung, since, subscription);
            Coming = subscription.NextAsync(ending.Token).AsTask();
        }

        public int Rung { get; }

        public long Since { get; }

        public Task<(FilmHeader Header, FilmPacket Packet)> Coming { get; }

        /// <summary>It has come.</summary>
        public (PacketSubscription Subscription, int Rung) Leave()
        {
            var left = subscription!;
            subscription = null;
            ending.Dispose();
            return (left, Rung);
        }

        public void Dispose()
        {
            if (subscription is not null)
            {
                ending.Cancel();
                subscription.Dispose();
                ending.Dispose();
                subscription = null;
            }
        }
    }
}

using PiCam.Core.Cameras;

namespace PiCam.Blazor.Live.Transports;

/// <summary>Whatever suits the page's link best: begins with pictures as text, measures, and steps to others and back.</summary>
/// <param name="source">What to show.</param>
/// <param name="choice">What suits; it is remembered while nobody looks.</param>
/// <param name="make">Makes a transport for one turn.</param>
/// <param name="canFilmAsync">Whether this browser and this machine can do with a film.</param>
internal sealed class AutoTransport(
    LiveSource source, AutoChoice choice, Func<TransportKind, LiveSource, ILiveTransport> make, Func<CancellationToken, Task<bool>> canFilmAsync) : ILiveTransport
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);

    // A slow machine takes that long to start an encoder, and a slow link for its first picture; later nothing takes so long.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // What this machine cannot do now it may be able to do later: an encoder had failed, or somebody has installed one.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMinutes(5);

    // With a long exposure pictures are far apart; the smallest film has every other one.
    private const int FramesToWait = 4;

    public async Task WatchAsync(CancellationToken leaving)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        var asking = AskAsync(ending.Token);
        while (!leaving.IsCancellationRequested)
        {
            await TakeTurnAsync(leaving).ConfigureAwait(false);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan Frame => source.Session.State.Actual?.FrameDuration ?? TimeSpan.Zero;

    private TimeSpan Now => source.Time.GetElapsedTime(0);

    private async Task AskAsync(CancellationToken leaving)
    {
        while (!(choice.FilmIsPossible = await canFilmAsync(leaving).ConfigureAwait(false)))
        {
            await Task.Delay(BetweenQuestions, source.Time, leaving).ConfigureAwait(false);
        }
    }

    private async Task TakeTurnAsync(CancellationToken leaving)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        void End(bool changes)
        {
            if (changes)
            {
                turn.Cancel();
            }
        }

        source.Statistics.Carry(choice.Kind, choice.Reason);
        var transport = make(choice.Kind, source with
        {
            First = choice.First,
            Sized = (size, took) =>
            {
                End(choice.Carries(size, took, Frame, Now));
                source.Statistics.Carry(choice.Kind, choice.Reason);
            },
        });
        var looking = transport is StreamTransport film ? LookAtAsync(film, End, turn.Token) : Task.CompletedTask;
        await transport.WatchAsync(turn.Token).ConfigureAwait(false);

        // Without having been told to: the page has gone, and its leaving comes.
        if (!turn.IsCancellationRequested)
        {
            await Task.Delay(Timeout.Infinite, turn.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookAtAsync(StreamTransport film, Action<bool> end, CancellationToken leaving)
    {
        var (drawn, since) = (-1L, source.Time.GetTimestamp());
        while (true)
        {
            await Task.Delay(BetweenLooks, source.Time, leaving).ConfigureAwait(false);
            if (film.Stream is { } stream)
            {
                if (stream.Drawn != drawn)
                {
                    since = source.Time.GetTimestamp();
                    if (drawn >= 0)
                    {
                        choice.FilmCame();
                    }
                }

                drawn = stream.Drawn;
                end(choice.Films(stream.Best, stream.Way, Frame, Now));
                source.Statistics.Carry(choice.Kind, choice.Reason);
            }

            if (source.Session.State.Condition != CameraCondition.Live)
            {
                since = source.Time.GetTimestamp();
            }

            if (source.Time.GetElapsedTime(since) > LongestWait + (FramesToWait * Frame))
            {
                since = source.Time.GetTimestamp();
                end(choice.FilmFailed(Now));
            }
        }
    }
}

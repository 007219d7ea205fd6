using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>
/// What one page sees of the library: the timeline of a query, and the entries around the part that is on the screen. However long the
/// library, a page holds a few blocks of it. Calls wait for one another; to be used by one component, on its dispatcher.
/// </summary>
internal sealed class TimelineView(MediaLibrary library, Caller caller)
{
    private Task last = Task.CompletedTask;
    private Dictionary<int, IReadOnlyList<MediaEntry>> blocks = [];
    private (double From, double To) seen;
    private (int Columns, double RowHeight) shape = (1, 100);

    /// <summary>Null: not known yet.</summary>
    public Timeline? Timeline { get; private set; }

    /// <summary>What is drawn, in order.</summary>
    public IReadOnlyList<TimelineDay> Drawn { get; private set; } = [];

    /// <summary>The heights between which it is drawn.</summary>
    public (double From, double To) Seen => seen;

    /// <summary>What is looked at.</summary>
    public MediaQuery Query { get; private set; } = new();

    /// <summary>Begins anew, at the top, with what another query means; until that is known, the old is there.</summary>
    public Task OpenAsync(MediaQuery wanted, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var top = (0, seen.To - seen.From);
            await ShowAsync(wanted, await DaysAsync(wanted, cancellationToken), top, [], cancellationToken);
        },
        cancellationToken);

    /// <summary>Looks again at what may have changed.</summary>
    public Task RefreshAsync(bool daysChanged, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var timeline = daysChanged || Timeline is null ? await DaysAsync(Query, cancellationToken) : Timeline;
            await ShowAsync(Query, timeline, seen, [], cancellationToken);
        },
        cancellationToken);

    /// <summary>Draws what lies between two heights, on a page of this shape; fetches what is missing.</summary>
    public Task LookAsync(double from, double to, int columns, double rowHeight, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            shape = (columns, rowHeight);
            if (Timeline is null)
            {
                seen = (from, to);
                return;
            }

            await ShowAsync(Query, Timeline.With(columns, rowHeight), (from, to), blocks, cancellationToken);
        },
        cancellationToken);

    /// <summary>The entry at a place in the timeline; null: not fetched.</summary>
    public MediaEntry? At(int place)
    {
        foreach (var (first, entries) in blocks)
        {
            if (place >= first && place < first + entries.Count)
            {
                return entries[place - first];
            }
        }

        return null;
    }

    /// <summary>An entry that was fetched, by its item's id.</summary>
    public MediaEntry? Find(string id) => blocks.Values.SelectMany(entries => entries).FirstOrDefault(entry => entry.Item.Id == id);

    private async Task<Timeline> DaysAsync(MediaQuery wanted, CancellationToken cancellationToken) =>
        new(await library.DaysAsync(caller, wanted, cancellationToken), shape.Columns, shape.RowHeight);

    private async Task ShowAsync(
        MediaQuery wanted, Timeline timeline, (double From, double To) part, Dictionary<int, IReadOnlyList<MediaEntry>> known, CancellationToken cancellationToken)
    {
        List<TimelineDay> drawn = [.. timeline.Between(part.From, part.To)];
        var next = new Dictionary<int, IReadOnlyList<MediaEntry>>();
        foreach (var block in timeline.BlocksOf(drawn))
        {
            next[block.Place] = known.TryGetValue(block.Place, out var entries)
                ? entries
                : (await library.PageAsync(
                    caller,
                    wanted with { FirstDay = block.FirstDay, LastDay = block.LastDay, Skip = block.Skip, Count = block.Count },
                    cancellationToken)).Entries;
        }

        (Query, Timeline, Drawn, seen, blocks) = (wanted, timeline, drawn, part, next);
    }

    private Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken) => last = AfterAsync(last, work, cancellationToken);

    private static async Task AfterAsync(Task former, Func<Task> work, CancellationToken cancellationToken)
    {
        await former.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        await work();
    }
}

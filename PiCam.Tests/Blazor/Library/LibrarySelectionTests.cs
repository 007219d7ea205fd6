using PiCam.Blazor.Library;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Library;

public sealed class LibrarySelectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MediaQuery Query = new() { CollapsesSequences = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extend_OverARun_SelectsAllOfItAndWhatLiesBetween()
    {
        await using var rig = await LibraryRig.StartAsync();
        await SeedAsync(rig);
        var entries = await rig.AllAsync(Query);
        var selection = new LibrarySelection(rig.Library, Callers.Viewer);

        await selection.ToggleAsync(entries[3], Query, Token);
        await selection.ExtendAsync(entries[1], Query, Token);

        // One, the run of three, one.
        Assert.Equal(3, entries[2].Count);
        Assert.Equal(5, selection.Count);
        Assert.Equal([false, true, true, true, false], entries.Take(5).Select(entry => selection.Has(entry.Item)));

        await selection.ToggleAsync(entries[2], Query, Token);
        Assert.Equal(2, selection.Count);
    }

    [Fact]
    public async Task Day_SelectedTwice_IsSelectedAndNoLonger()
    {
        await using var rig = await LibraryRig.StartAsync();
        await SeedAsync(rig);
        var selection = new LibrarySelection(rig.Library, Callers.Viewer);
        await selection.ToggleAsync((await rig.AllAsync(Query))[0], Query, Token);

        await selection.ToggleDayAsync(new DateOnly(2026, 6, 1), Query, Token);
        Assert.Equal(7, selection.Count);

        await selection.ToggleDayAsync(new DateOnly(2026, 6, 1), Query, Token);
        Assert.Equal(1, selection.Count);

        await selection.AddAllAsync(Query, Token);
        Assert.Equal(8, selection.Count);
        selection.Remove(selection.Ids.Take(3).ToList());
        Assert.Equal(5, selection.Count);
    }

    [Fact]
    public async Task Extend_AfterTheLastOneWasDeleted_BeginsAnew()
    {
        await using var rig = await LibraryRig.StartAsync();
        await SeedAsync(rig);
        var entries = await rig.AllAsync(Query);
        var selection = new LibrarySelection(rig.Library, Callers.Viewer);
        await selection.ToggleAsync(entries[3], Query, Token);
        selection.Remove([entries[3].Item.Id]);

        await selection.ExtendAsync(entries[1], Query, Token);

        Assert.Equal([entries[1].Item.Id], selection.Ids);
    }

    // Newest first: two of the next day, a run of three, three before it.
    private static async Task SeedAsync(LibraryRig rig)
    {
        await AddAsync(0, null, 3);
        await AddAsync(60, "s", 3);
        await AddAsync(24 * 60, null, 2);

        async Task AddAsync(int minutes, string? sequence, int count)
        {
            for (var i = 0; i < count; i++)
            {
                await rig.AddAsync(new NewMedia(MediaKind.Still, "image") { TakenAt = Noon.AddMinutes(minutes + i), Sequence = sequence });
            }
        }
    }
}

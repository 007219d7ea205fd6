using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using Xunit;

namespace PiCam.Tests.Blazor.Data;

/// <summary>The library's index on a real database.</summary>
public sealed class MediaIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Item_WithEverything_ComesBackAsItWas()
    {
        await using var rig = await LibraryRig.StartAsync();
        var item = Item(1, Noon) with
        {
            Name = "狐狸 '; DROP TABLE",
            Size = new PixelSize(4, 3),
            Duration = TimeSpan.FromSeconds(1.5),
            Sequence = "s",
            Preset = "p",
            By = "ana",
            IsProtected = true,
        };

        await rig.Index.AddAsync([item]);

        var back = Assert.Single(await rig.Index.FindAsync([item.Id], Token));
        Assert.Equal((item, Noon.Offset), (back, back.TakenAt.Offset));
    }

    [Fact]
    public async Task Film_OfARun_IsAnEntryOfItsOwnAndNotOneOfItsPictures()
    {
        await using var rig = await LibraryRig.StartAsync();
        var pictures = Enumerable.Range(0, 3).Select(n => Item(n, Noon.AddSeconds(n)) with { Sequence = "s" }).ToList();
        var film = Item(3, Noon.AddDays(1)) with { Sequence = "s", Kind = MediaKind.Film };
        var other = Item(4, Noon.AddDays(2)) with { Kind = MediaKind.Film };
        await rig.Index.AddAsync([.. pictures, film, other]);

        var collapsed = await rig.Index.PageAsync(new MediaQuery { CollapsesSequences = true, Count = 2 }, Token);
        Assert.Equal([(other.Id, 1), (film.Id, 1)], collapsed.Entries.Select(entry => (entry.Item.Id, entry.Count)));
        collapsed = await rig.Index.PageAsync(new MediaQuery { CollapsesSequences = true, Count = 2, Before = collapsed.Next }, Token);
        Assert.Equal([(pictures[2].Id, 3)], collapsed.Entries.Select(entry => (entry.Item.Id, entry.Count)));
        Assert.Equal(pictures.Select(item => item.Id).Reverse(), await rig.Index.IdsAsync(new MediaQuery { Sequence = "s" }, Token));
        Assert.Equal([film.Id], await rig.Index.IdsAsync(new MediaQuery { Sequence = "s", Kinds = [MediaKind.Film] }, Token));

        var whole = new MediaQuery { CollapsesSequences = true };
        Assert.Equal(
            [new MediaDay(new DateOnly(2026, 6, 3), 1), new MediaDay(new DateOnly(2026, 6, 2), 1), new MediaDay(new DateOnly(2026, 6, 1), 1)],
            await rig.Index.DaysAsync(whole, Token));
        Assert.Equal(new MediaNeighbours(other, pictures[2]), await rig.Index.NeighboursAsync(film, whole, Token));
        Assert.Equal(new MediaNeighbours(film, null), await rig.Index.NeighboursAsync(pictures[2], whole, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_OneAfterTheOther_AreEveryEntryOnceNewestFirst(bool collapses)
    {
        await using var rig = await LibraryRig.StartAsync();

        // Many of the same time, runs across each other, some of a run only.
        var random = new Random(5);
        var items = Enumerable.Range(0, 300).Select(n => Item(n, Noon.AddSeconds(random.Next(40))) with
        {
            Sequence = random.Next(3) switch { 0 => null, 1 => $"s{random.Next(10)}", _ => $"t{n / 20}" },
        }).ToList();
        await rig.Index.AddAsync(items);
        var seen = new List<MediaEntry>();
        var query = new MediaQuery { Count = 7, CollapsesSequences = collapses };
        do
        {
            var page = await rig.Index.PageAsync(query, Token);
            Assert.InRange(page.Entries.Count, 1, 7);
            seen.AddRange(page.Entries);
            query = query with { Before = page.Next };
            if (page.Next is { } next)
            {
                Assert.True(MediaCursor.TryParse(next.ToString(), out var read));
                Assert.Equal(next, read);
            }
        }
        while (query.Before is not null);

        Assert.Equal(300, seen.Sum(entry => entry.Count));
        Assert.Equal(seen.OrderByDescending(entry => entry.Item.TakenAt).Select(entry => entry.Item.TakenAt), seen.Select(entry => entry.Item.TakenAt));
        var expected = collapses
            ? items.GroupBy(item => item.Sequence ?? item.Id).Select(run => run.OrderBy(i => i.TakenAt).ThenBy(i => i.Id, StringComparer.Ordinal).Last())
            : items;
        Assert.Equal(expected.Select(item => item.Id).Order(StringComparer.Ordinal), seen.Select(entry => entry.Item.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Query_EachFilter_MeansWhatItSays()
    {
        await using var rig = await LibraryRig.StartAsync();
        await rig.Index.AddAsync([
            Item(0, Noon) with { Name = "Fox 100%" },
            Item(1, Noon.AddHours(1)) with { Kind = MediaKind.Film, Name = "clouds_1" },
            Item(2, Noon.AddHours(13)) with { Kind = MediaKind.Burst, Sequence = "s", Preset = "door" },
            Item(3, Noon.AddHours(14)) with { Kind = MediaKind.Burst, Sequence = "s", Name = "FOXES" },
        ]);

        Assert.Equal("3 2", await FoundAsync(new MediaQuery { Kinds = [MediaKind.Burst] }));
        Assert.Equal("1 0", await FoundAsync(new MediaQuery { Kinds = [MediaKind.Still, MediaKind.Film] }));
        Assert.Equal("2 1", await FoundAsync(new MediaQuery { From = Noon.AddHours(1), To = Noon.AddHours(14) }));
        Assert.Equal("2", await FoundAsync(new MediaQuery { Preset = "door" }));
        Assert.Equal("3 2", await FoundAsync(new MediaQuery { Sequence = "s", CollapsesSequences = true }));
        Assert.Equal("3 0", await FoundAsync(new MediaQuery { Text = "fox" }));
        Assert.Equal("0", await FoundAsync(new MediaQuery { Text = "%" }));
        Assert.Equal("1", await FoundAsync(new MediaQuery { Text = "_" }));
        Assert.Equal("3 1 0", await FoundAsync(new MediaQuery { CollapsesSequences = true }));
        Assert.Equal("2 1 0", await FoundAsync(new MediaQuery { CollapsesSequences = true, To = Noon.AddHours(14) }));
        Assert.Equal(
            [new MediaDay(new DateOnly(2026, 6, 2), 2), new MediaDay(new DateOnly(2026, 6, 1), 2)], await rig.Index.DaysAsync(new MediaQuery(), Token));
        Assert.Equal([new MediaDay(new DateOnly(2026, 6, 1), 1)], await rig.Index.DaysAsync(new MediaQuery { Kinds = [MediaKind.Film] }, Token));

        async Task<string> FoundAsync(MediaQuery query) =>
            string.Join(' ', (await rig.Index.PageAsync(query, Token)).Entries.Select(entry => Number(entry.Item)));
    }

    [Fact]
    public async Task Neighbours_OfEach_AreThoseOfThePage()
    {
        await using var rig = await LibraryRig.StartAsync();

        // The first two are of the same time.
        var items = new[] { Item(0, Noon), Item(1, Noon), Item(2, Noon.AddHours(1)), Item(3, Noon.AddHours(2)) with { Kind = MediaKind.Film } };
        await rig.Index.AddAsync(items);

        var query = new MediaQuery { Kinds = [MediaKind.Still] };
        foreach (var (item, older, newer) in new (int, int?, int?)[] { (0, null, 1), (1, 0, 2), (2, 1, null) })
        {
            var found = await rig.Index.NeighboursAsync(items[item], query, Token);
            Assert.Equal((older, newer), (found.Older is { } o ? Number(o) : null, found.Newer is { } n ? Number(n) : null));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Days_EachWithPartsOfIt_AreTheWholeLibraryInOrder(bool collapses)
    {
        await using var rig = await LibraryRig.StartAsync();

        // Runs from one day into the next, and from two zones.
        var random = new Random(8);
        var items = Enumerable.Range(0, 400).Select(n => Item(n, Noon.AddMinutes(n * 20).ToOffset(TimeSpan.FromHours(n < 200 ? 2 : 1))) with
        {
            Sequence = random.Next(3) == 0 ? $"s{n / 60}" : null,
            Kind = n % 5 == 0 ? MediaKind.Film : MediaKind.Still,
        }).ToList();
        await rig.Index.AddAsync(items);
        foreach (var query in new MediaQuery[] { new(), new() { Kinds = [MediaKind.Still] }, new() { Text = "7" }, new() { Sequence = "s2" } })
        {
            var asked = query with { CollapsesSequences = collapses, Count = MediaQuery.MostPerPage };
            var first = await rig.Index.PageAsync(asked, Token);
            var second = first.Next is null ? null : await rig.Index.PageAsync(asked with { Before = first.Next }, Token);
            var expected = first.Entries.Concat(second?.Entries ?? []).ToList();

            var seen = new List<MediaEntry>();
            foreach (var day in await rig.Index.DaysAsync(asked, Token))
            {
                for (var skip = 0; skip < day.Count; skip += 7)
                {
                    var part = await rig.Index.PageAsync(asked with { FirstDay = day.Day, LastDay = day.Day, Skip = skip, Count = 7 }, Token);
                    Assert.Equal(Math.Min(7, day.Count - skip), part.Entries.Count);
                    Assert.All(part.Entries, entry => Assert.Equal(day.Day, DateOnly.FromDateTime(entry.Item.TakenAt.DateTime)));
                    seen.AddRange(part.Entries);
                }
            }

            Assert.True(expected.Count > 5, "Nothing was compared.");
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task Neighbours_OfCollapsedRuns_AreThoseOfTheCollapsedPage()
    {
        await using var rig = await LibraryRig.StartAsync();
        await rig.Index.AddAsync([.. Enumerable.Range(0, 30).Select(n => Item(n, Noon.AddMinutes(n)) with { Sequence = n % 4 == 0 ? null : $"s{n / 9}" })]);
        var query = new MediaQuery { CollapsesSequences = true };
        var entries = (await rig.Index.PageAsync(query, Token)).Entries;

        for (var i = 0; i < entries.Count; i++)
        {
            var found = await rig.Index.NeighboursAsync(entries[i].Item, query, Token);
            Assert.Equal((entries.ElementAtOrDefault(i - 1)?.Item, entries.ElementAtOrDefault(i + 1)?.Item), (found.Newer, found.Older));
        }

        Assert.InRange(entries.Count, 8, 20);
    }

    [Fact]
    public async Task Mark_OneThatIsMarkedAlready_KeepsItsDeletion()
    {
        await using var rig = await LibraryRig.StartAsync();
        var item = Item(0, Noon);
        await rig.Index.AddAsync([item]);

        Assert.Equal([item.Id], await rig.Index.MarkAsync([item.Id], Noon));
        Assert.Empty(await rig.Index.MarkAsync([item.Id], Noon.AddHours(1)));

        Assert.Equal([Noon], await rig.Index.DeletionsAsync(Token));
        Assert.Equal([item], await rig.Index.MarkedAsync(Noon, 5, Token));
        Assert.Equal([item.Path], await rig.Index.KnownPathsAsync([item.Path, "2026/01/01/other.jpg"], Token));
        Assert.Empty((await rig.Index.PageAsync(new MediaQuery(), Token)).Entries);
        Assert.Empty(await rig.Index.DaysAsync(new MediaQuery(), Token));
    }

    [Fact]
    public async Task Add_PathThatIsTaken_IsRefusedAsAWhole()
    {
        await using var rig = await LibraryRig.StartAsync();
        await rig.Index.AddAsync([Item(0, Noon)]);

        await Assert.ThrowsAsync<MediaStorageException>(() => rig.Index.AddAsync([Item(1, Noon), Item(2, Noon) with { Path = Item(0, Noon).Path }]));

        Assert.Single((await rig.Index.PageAsync(new MediaQuery(), Token)).Entries);
    }

    private static int Number(MediaItem item) => int.Parse(item.Id, System.Globalization.CultureInfo.InvariantCulture);

    private static MediaItem Item(int number, DateTimeOffset takenAt) => new()
    {
        Id = $"{number:d32}",
        Kind = MediaKind.Still,
        Name = $"image{number}",
        Path = $"2026/06/01/image{number}.jpg",
        TakenAt = takenAt,
        Bytes = 1,
    };
}

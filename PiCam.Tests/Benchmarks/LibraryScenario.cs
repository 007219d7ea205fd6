using System.Diagnostics;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>The library's index with 100 000 items: two time-lapses of 10 000 pictures, bursts, stills and films of three years. Their files are empty.</summary>
internal static class LibraryScenario
{
    private const int Items = 100_000;

    public static async Task RunAsync(Figures figures)
    {
        await using var rig = await LibraryRig.StartAsync();
        var items = Enumerable.Range(0, Items).Select(Item).ToList();
        foreach (var batch in items.Chunk(5000))
        {
            await rig.Index.AddAsync(batch);
            foreach (var item in batch)
            {
                var file = Path.Combine(rig.Media, item.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, [0]);
            }
        }

        await MeasureAsync("first page", new MediaQuery());
        await MeasureAsync("first page, runs collapsed", new MediaQuery { CollapsesSequences = true });
        await MeasureAsync("first page of one kind", new MediaQuery { Kinds = [MediaKind.Film] });
        await MeasureAsync("first page of two kinds, runs collapsed", new MediaQuery { Kinds = [MediaKind.Still, MediaKind.TimeLapse], CollapsesSequences = true });
        await MeasureAsync("first page of a preset", new MediaQuery { Preset = "p1" });
        await MeasureAsync("text that is nowhere", new MediaQuery { Text = "nowhere" });
        var deep = new MediaCursor(items[Items / 10].TakenAt.UtcTicks, items[0].Id);
        await MeasureAsync("deep page (90 000 later)", new MediaQuery { Before = deep });
        await MeasureAsync("deep page, runs collapsed", new MediaQuery { Before = deep, CollapsesSequences = true });
        await TimeAsync("days", () => rig.Library.DaysAsync(Callers.Viewer, new MediaQuery(), CancellationToken.None));
        await TimeAsync("days, runs collapsed", () => rig.Library.DaysAsync(Callers.Viewer, new MediaQuery { CollapsesSequences = true }, CancellationToken.None));
        var newest = DateOnly.FromDateTime(items[Items / 5].TakenAt.DateTime);
        await MeasureAsync("some days long ago", new MediaQuery { FirstDay = newest.AddDays(-1), LastDay = newest, Count = MediaQuery.MostPerPage });
        await MeasureAsync(
            "some days long ago, runs collapsed",
            new MediaQuery { FirstDay = newest.AddDays(-20), LastDay = newest, Count = MediaQuery.MostPerPage, CollapsesSequences = true });
        await TimeAsync("neighbours, runs collapsed", () => rig.Library.NeighboursAsync(
            Callers.Viewer, items[Items - 10_001], new MediaQuery { CollapsesSequences = true }, CancellationToken.None));
        await TimeAsync("neighbours", () => rig.Library.NeighboursAsync(Callers.Viewer, items[Items / 2], new MediaQuery(), CancellationToken.None));

        var started = Stopwatch.GetTimestamp();
        var before = Memory();
        await rig.Library.ReconcileAsync(CancellationToken.None);
        figures.Add("look through all files at the start", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        var query = new MediaQuery { Count = MediaQuery.MostPerPage };
        do
        {
            var page = await rig.Library.PageAsync(Callers.Viewer, query, CancellationToken.None);
            query = query with { Before = page.Next };
        }
        while (query.Before is not null);
        figures.Add("more memory after that and all pages", (Memory() - before) / 1024.0 / 1024, "MB");

        var ids = items.Take(1000).Select(item => item.Id).ToList();
        started = Stopwatch.GetTimestamp();
        await rig.Library.DeleteAsync(Callers.Operator, ids);
        var marked = Stopwatch.GetElapsedTime(started);
        rig.Clock.Advance(MediaLibrary.UndoTime);
        started = Stopwatch.GetTimestamp();
        await rig.Library.PurgeAsync(CancellationToken.None);
        figures.Add("delete 1000", marked.TotalMilliseconds, "ms");
        figures.Add("their files, ten minutes later", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");

        Task MeasureAsync(string what, MediaQuery query) => TimeAsync(what, () => rig.Library.PageAsync(Callers.Viewer, query, CancellationToken.None));

        async Task TimeAsync(string what, Func<Task> act) => figures.Add(what, await TimesAsync(act), "ms");
    }

    private static async Task<List<double>> TimesAsync(Func<Task> act)
    {
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await act();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static MediaItem Item(int number)
    {
        var takenAt = new DateTimeOffset(2023, 11, 23, 0, 0, 0, TimeSpan.Zero).AddMinutes(number * 15);
        return new MediaItem
        {
            Id = Guid.CreateVersion7(takenAt).ToString("n"),
            Kind = number is (>= 30_000 and < 40_000) or >= 90_000 ? MediaKind.TimeLapse : number % 100 == 0 ? MediaKind.Film : number % 3 == 0 ? MediaKind.Burst : MediaKind.Still,
            Name = FormattableString.Invariant($"image{number:d6}"),
            Path = FormattableString.Invariant($"{takenAt:yyyy/MM/dd}/image{number:d6}.jpg"),
            TakenAt = takenAt,
            Bytes = 3_000_000,
            Size = new PixelSize(2592, 1944),
            Sequence = number is >= 30_000 and < 40_000 ? "lapse1" : number >= 90_000 ? "lapse2" : number % 3 == 0 ? FormattableString.Invariant($"burst{number / 30}") : null,
            Preset = FormattableString.Invariant($"p{number % 7}"),
            By = "ana",
        };
    }
}

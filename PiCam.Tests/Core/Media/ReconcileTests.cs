using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Media;

public sealed class ReconcileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reconcile_FilesAndLinesThatDisagree_AgreeAfterwards()
    {
        await using var rig = await LibraryRig.StartAsync();
        var kept = await rig.AddAsync(new NewMedia(MediaKind.Still, "kept"));
        var lost = await rig.AddAsync(new NewMedia(MediaKind.Still, "lost"));
        var deleted = await rig.AddAsync(new NewMedia(MediaKind.Still, "deleted"));
        await rig.Library.DeleteAsync(Callers.Operator, [deleted.Id]);
        var day = Path.Combine(rig.Media, "2026/11/23");
        File.Delete(Path.Combine(rig.Media, lost.Path));
        await File.WriteAllBytesAsync(Path.Combine(day, "found.jpg"), LibraryRig.Jpeg(80, 60), Token);
        File.SetLastWriteTimeUtc(Path.Combine(day, "found.jpg"), new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        await File.WriteAllBytesAsync(Path.Combine(day, "film.mp4"), [1, 2, 3], Token);
        await File.WriteAllTextAsync(Path.Combine(day, "notes.txt"), "not ours", Token);
        await File.WriteAllTextAsync(Path.Combine(day, "broken.jpg"), "no picture", Token);
        await File.WriteAllBytesAsync(Path.Combine(day, "empty.mp4"), [], Token);
        await File.WriteAllBytesAsync(Path.Combine(day, ".new-other-run.jpg"), [1], Token);
        await using var draft = await rig.Library.BeginAsync(Callers.Operator, new NewMedia(MediaKind.Film, "now", "mp4"), Token);
        await File.WriteAllBytesAsync(draft.FilePath, [1], Token);

        var result = await rig.Library.ReconcileAsync(Token);

        Assert.Equal(new MediaReconciliation(Leftovers: 1, Indexed: 2, Forgotten: 1, Unreadable: 2), result);
        Assert.Equal(["film", "found", "kept"], (await rig.NamesAsync()).Order(StringComparer.Ordinal));
        var found = (await rig.AllAsync()).Single(entry => entry.Item.Name == "found").Item;
        Assert.Equal((MediaKind.Still, new PixelSize(80, 60)), (found.Kind, found.Size!.Value));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), found.TakenAt);
        Assert.Equal(MediaKind.Recording, (await rig.AllAsync()).Single(entry => entry.Item.Name == "film").Item.Kind);
        Assert.True(File.Exists(draft.FilePath), "A draft of this run is somebody's work.");
        Assert.Equal(new MediaReconciliation(0, 0, 0, 2), await rig.Library.ReconcileAsync(Token));
        Assert.Equal([deleted.Id], await rig.Library.RestoreAsync(Callers.Operator, [deleted.Id]));
        Assert.Equal(kept, await rig.Library.FindAsync(Callers.Viewer, kept.Id, Token));
    }

    /// <summary>R8: what was cut off or damaged elsewhere is known by what can be played of it.</summary>
    [Fact]
    public async Task Measure_FilmsThatWereFound_AreAsLongAsCanBePlayedOrDamaged()
    {
        await using var rig = await LibraryRig.StartAsync();
        var day = Path.Combine(rig.Media, "2026/11/23");
        Directory.CreateDirectory(day);
        await TestVideos.MakeAsync(Path.Combine(day, "whole.mp4"), seconds: 2);
        await File.WriteAllBytesAsync(Path.Combine(day, "noise.mp4"), [.. Enumerable.Range(0, 5000).Select(n => (byte)(n * 7))], Token);
        await rig.Library.ReconcileAsync(Token);

        foreach (var film in await rig.Library.UnmeasuredAsync(Token))
        {
            await rig.Library.MeasureAsync(film, Token);
        }

        var (whole, noise) = (await ItemAsync("whole"), await ItemAsync("noise"));
        Assert.Equal((2, false), (Math.Round(whole.Duration!.Value.TotalSeconds, 1), whole.IsDamaged));
        Assert.True(noise.IsDamaged);
        Assert.Null(await rig.Library.FilmstripAsync(Callers.Viewer, noise, Token));
        Assert.Empty(await rig.Index.UnmeasuredAsync(Token));

        async Task<MediaItem> ItemAsync(string name) => (await rig.AllAsync()).Single(entry => entry.Item.Name == name).Item;
    }

    /// <summary>S6.</summary>
    [Fact]
    public async Task S6_Links_OutOfTheFolder_AreNeitherListedNorOpenedNorWrittenThrough()
    {
        await using var rig = await LibraryRig.StartAsync();
        using var outside = new TemporaryFolder();
        await File.WriteAllBytesAsync(outside["secret.jpg"], LibraryRig.Jpeg(), Token);
        var item = await rig.AddAsync();
        var day = Path.Combine(rig.Media, "2026/11/23");
        File.CreateSymbolicLink(Path.Combine(day, "link.jpg"), outside["secret.jpg"]);
        Directory.CreateSymbolicLink(Path.Combine(rig.Media, "2026/11/22"), outside.Path);
        File.Delete(Path.Combine(rig.Media, item.Path));
        File.CreateSymbolicLink(Path.Combine(rig.Media, item.Path), outside["secret.jpg"]);

        Assert.Null(rig.Library.Open(Callers.Viewer, item));
        foreach (var path in new[] { "../../picam.db", "2026/11/22/secret.jpg", "2026/11/23/..", "/etc/passwd", "2026/11/23/link.jpg", "2026/11/23/a\0b" })
        {
            Assert.Null(rig.Files.Open(path));
            Assert.False(rig.Files.Exists(path));
        }

        Assert.Equal(0, (await rig.Library.ReconcileAsync(Token)).Indexed);
        Assert.Empty(await rig.NamesAsync());
        await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync(
            new NewMedia(MediaKind.Still, "x") { TakenAt = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) }));
        Assert.Equal(["secret.jpg"], Directory.GetFiles(outside.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Reconcile_WhilePicturesAreTaken_ListsEachOnce()
    {
        await using var rig = await LibraryRig.StartAsync();
        using var over = new CancellationTokenSource();
        var taking = Task.Run(
            async () =>
            {
                for (var n = 0; n < 50; n++)
                {
                    await rig.AddAsync();
                }

                await over.CancelAsync();
            },
            Token);
        while (!over.IsCancellationRequested)
        {
            Assert.Equal(new MediaReconciliation(0, 0, 0, 0), await rig.Library.ReconcileAsync(Token));
        }

        await taking;
        Assert.Equal(50, (await rig.AllAsync()).Count);
    }
}

using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Media;

public sealed class MediaLibraryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_Picture_IsOnDiskInItsDayAndInTheLibrary()
    {
        await using var rig = await LibraryRig.StartAsync();
        rig.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("far", TimeSpan.FromHours(8), null, null));
        var jpeg = LibraryRig.Jpeg(64, 48);

        var item = await rig.AddAsync(new NewMedia(MediaKind.Burst, "image001") { Sequence = "s", Preset = "p" }, jpeg);

        Assert.Equal("2026/11/24/image001.jpg", item.Path);
        Assert.Equal((new DateTimeOffset(2026, 11, 24, 5, 0, 0, TimeSpan.FromHours(8)), TimeSpan.FromHours(8)), (item.TakenAt, item.TakenAt.Offset));
        Assert.Equal((jpeg.Length, new PixelSize(64, 48), "otto"), ((int)item.Bytes, item.Size!.Value, item.By));
        Assert.Equal(jpeg, await File.ReadAllBytesAsync(Path.Combine(rig.Media, item.Path), Token));
        Assert.Equal(item, await rig.Library.FindAsync(Callers.Viewer, item.Id, Token));
        Assert.Equal(MediaChangeKind.Added, Assert.Single(rig.Changes).Kind);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(rig.Media, item.Path)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(rig.Media, "2026")));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", "_img src=x onerror=alert(1)_")]
    [InlineData("../../etc/passwd", "_._.._etc_passwd")]
    [InlineData("$(id)", "$(id)")]
    [InlineData("-rf", "_rf")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("花园 狐狸", "花园 狐狸")]
    [InlineData("evil\u202Egpj.exe", "evil_gpj.exe")]
    [InlineData("a. ", "a")]
    [InlineData("\0\n", "Still")]
    [InlineData("a/b\\c:d", "a_b_c_d")]
    public async Task Add_AnyName_IsKeptAsTextAndItsFileIsSafe(string name, string file)
    {
        await using var rig = await LibraryRig.StartAsync();

        var item = await rig.AddAsync(new NewMedia(MediaKind.Still, name));

        Assert.Equal($"2026/11/23/{file}.jpg", item.Path);
        Assert.Equal([item.Path], rig.OnDisk());
        Assert.Equal($"{file}.jpg", item.FileName);
    }

    [Fact]
    public async Task Add_LongestNames_FitADisk()
    {
        await using var rig = await LibraryRig.StartAsync();
        var long1 = await rig.AddAsync(new NewMedia(MediaKind.Still, new string('狐', 500)));
        var long2 = await rig.AddAsync(new NewMedia(MediaKind.Still, string.Concat(Enumerable.Repeat("🦊", 300))));

        Assert.Equal(MediaName.Longest, long1.Name.Length);
        Assert.Equal(2, rig.OnDisk().Length);
        Assert.DoesNotContain('\uFFFD', long2.Name);
    }

    /// <summary>R15: a clock that begins in 1970 at every start.</summary>
    [Fact]
    public async Task Add_SameNameAfterARestartIn1970_IsAnotherFile()
    {
        using var folder = new TemporaryFolder();
        for (var start = 0; start < 2; start++)
        {
            await using var rig = await LibraryRig.StartAsync(folder["data"], new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch));
            await rig.AddAsync();
            await rig.AddAsync();
        }

        await using var last = await LibraryRig.StartAsync(folder["data"]);
        Assert.Equal(["1970/01/01/image-2.jpg", "1970/01/01/image-3.jpg", "1970/01/01/image-4.jpg", "1970/01/01/image.jpg"], last.OnDisk());
        Assert.Equal(["image", "image-2", "image-3", "image-4"], (await last.NamesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Add_ManyAtOnceOfOneName_AreAllThere()
    {
        await using var rig = await LibraryRig.StartAsync();

        var items = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.AddAsync()));

        Assert.Equal(20, items.Select(i => i.Path).Distinct().Count());
        Assert.Equal(items.Select(i => i.Path).Order(StringComparer.Ordinal), rig.OnDisk());
        Assert.Equal(20, (await rig.AllAsync()).Count);
    }

    [Fact]
    public async Task Draft_CommittedOrNot_IsInTheLibraryOrGone()
    {
        await using var rig = await LibraryRig.StartAsync();
        await using (var draft = await rig.Library.BeginAsync(Callers.Operator, new NewMedia(MediaKind.Film, "Clouds", "mp4"), Token))
        {
            Assert.EndsWith(".mp4", draft.FilePath, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(draft.FilePath, [1, 2, 3], Token);
            var film = await draft.CommitAsync(TimeSpan.FromSeconds(4), Token);
            Assert.Equal(("2026/11/23/Clouds.mp4", 3, TimeSpan.FromSeconds(4)), (film.Path, film.Bytes, film.Duration));
        }

        await using (var given = await rig.Library.BeginAsync(Callers.Operator, new NewMedia(MediaKind.Film, "Rain", "mp4"), Token))
        {
            await File.WriteAllBytesAsync(given.FilePath, [1], Token);
        }

        Assert.Equal(["2026/11/23/Clouds.mp4"], rig.OnDisk());
        Assert.Equal(["Clouds"], await rig.NamesAsync());
    }

    [Fact]
    public async Task Delete_ManyAndProtected_MarksAndNamesTheProtected_AndRestoreBringsBack()
    {
        await using var rig = await LibraryRig.StartAsync();
        var (one, two, three) = (await rig.AddAsync(), await rig.AddAsync(), await rig.AddAsync());
        await rig.Library.ProtectAsync(Callers.Operator, [two.Id], isProtected: true);

        var deleted = await rig.Library.DeleteAsync(Callers.Operator, [one.Id, two.Id, three.Id, "nonsense"]);

        Assert.Equal(new[] { one.Id, three.Id }.Order(StringComparer.Ordinal), deleted.Deleted.Order(StringComparer.Ordinal));
        Assert.Equal(["image-2"], deleted.Protected.Select(item => item.Name));
        Assert.Equal(["image-2"], await rig.NamesAsync());
        await Assert.ThrowsAsync<MediaMissingException>(() => rig.Library.FindAsync(Callers.Viewer, one.Id, Token));

        Assert.Equal(2, (await rig.Library.RestoreAsync(Callers.Operator, deleted.Deleted)).Count);
        Assert.Equal(3, (await rig.AllAsync()).Count);
        Assert.Equal(3, rig.OnDisk().Length);
    }

    [Fact]
    public async Task Purge_AfterTheUndoTime_RemovesFilesThenLinesAndNotBefore()
    {
        await using var rig = await LibraryRig.StartAsync();
        var (gone, kept) = (await rig.AddAsync(), await rig.AddAsync());
        await rig.Library.ThumbnailAsync(Callers.Viewer, gone, Token);
        await rig.Library.DeleteAsync(Callers.Operator, [gone.Id]);

        rig.Clock.Advance(MediaLibrary.UndoTime - TimeSpan.FromSeconds(1));
        await rig.Library.PurgeAsync(Token);
        Assert.Equal(2, rig.OnDisk().Length);

        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.Library.PurgeAsync(Token);
        Assert.Equal([kept.Path], rig.OnDisk());
        Assert.Empty(await rig.Library.RestoreAsync(Callers.Operator, [gone.Id]));
        Assert.Null(await rig.Files.LoadThumbnailAsync(gone.Id, Token));
    }

    /// <summary>R14: a clock that jumps ahead by a year does not take the undo away.</summary>
    [Fact]
    public async Task Purge_DeletionOfAnEarlierRun_CanStillBeUndoneAfterTheStart()
    {
        using var folder = new TemporaryFolder();
        MediaItem item;
        await using (var before = await LibraryRig.StartAsync(folder["data"]))
        {
            item = await before.AddAsync();
            await before.Library.DeleteAsync(Callers.Operator, [item.Id]);
        }

        await using var after = await LibraryRig.StartAsync(folder["data"]);
        after.Clock.SetUtcNow(after.Clock.GetUtcNow().AddYears(1));
        await after.Library.PurgeAsync(Token);

        Assert.Equal([item.Id], await after.Library.RestoreAsync(Callers.Operator, [item.Id]));
        Assert.Equal([item.Path], after.OnDisk());
    }

    [Fact]
    public async Task Rename_GivesTheDownloadItsName_AndRefusesNonsense()
    {
        await using var rig = await LibraryRig.StartAsync();
        var item = await rig.AddAsync();

        await rig.Library.RenameAsync(Callers.Operator, item.Id, " 狐狸 <b> ");

        var renamed = await rig.Library.FindAsync(Callers.Viewer, item.Id, Token);
        Assert.Equal(("狐狸 <b>", "狐狸 _b_.jpg", item.Path), (renamed.Name, renamed.FileName, renamed.Path));
        await Assert.ThrowsAsync<InvalidValueException>(() => rig.Library.RenameAsync(Callers.Operator, item.Id, " "));
        await Assert.ThrowsAsync<InvalidValueException>(() => rig.Library.RenameAsync(Callers.Operator, item.Id, new string('x', MediaName.Longest + 1)));
        await Assert.ThrowsAsync<MediaMissingException>(() => rig.Library.RenameAsync(Callers.Operator, "nowhere", "x"));
    }

    [Fact]
    public async Task Viewer_AskedToChange_IsRefused()
    {
        await using var rig = await LibraryRig.StartAsync();
        var item = await rig.AddAsync();
        Task[] asked =
        [
            rig.Library.AddAsync(Callers.Viewer, new NewMedia(MediaKind.Still, "x"), LibraryRig.Jpeg(), Token),
            rig.Library.BeginAsync(Callers.Viewer, new NewMedia(MediaKind.Film, "x", "mp4"), Token),
            rig.Library.RenameAsync(Callers.Viewer, item.Id, "x"),
            rig.Library.ProtectAsync(Callers.Viewer, [item.Id], true),
            rig.Library.DeleteAsync(Callers.Viewer, [item.Id]),
            rig.Library.RestoreAsync(Callers.Viewer, [item.Id]),
        ];

        foreach (var refused in asked)
        {
            await Assert.ThrowsAsync<AccessRefusedException>(() => refused);
        }

        Assert.Equal(item, (await rig.AllAsync()).Single().Item);
    }

    [Fact]
    public async Task Thumbnail_OfAPictureAndOfOthers_IsSmallKeptOrNull()
    {
        await using var rig = await LibraryRig.StartAsync();
        var large = await rig.AddAsync(content: LibraryRig.Jpeg(1280, 720));
        var film = await rig.AddAsync(new NewMedia(MediaKind.Film, "f", "mp4"), [1, 2, 3]);

        var small = await rig.Library.ThumbnailAsync(Callers.Viewer, large, Token);

        using var decoded = SKBitmap.Decode(small);
        Assert.Equal((320, 180), (decoded.Width, decoded.Height));
        Assert.Equal(small, await rig.Files.LoadThumbnailAsync(large.Id, Token));
        Assert.Null(await rig.Library.ThumbnailAsync(Callers.Viewer, film, Token));
    }

    [Fact]
    public async Task Add_DiskInTrouble_SaysWhatToDoAndLeavesNothing()
    {
        await using var rig = await LibraryRig.StartAsync();
        var changed = 0;
        rig.Storage.Changed += () => changed++;
        rig.Files.Room = new MediaRoom(true, MediaStorage.Reserve + 10);
        Assert.Equal(MediaFault.Full, (await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync())).Reason);
        Assert.Equal((MediaStorageCondition.Full, MediaFault.Full, 1), (rig.Storage.State.Condition, rig.Storage.State.Warning, changed));

        rig.Files.Room = new MediaRoom(false, 1 << 30);
        Assert.Equal(MediaFault.ReadOnly, (await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync())).Reason);
        Assert.Equal(MediaStorageCondition.ReadOnly, rig.Storage.State.Condition);

        // Room by its own account, but the write fails.
        rig.Files.Room = new MediaRoom(true, 1 << 30);
        rig.Files.Trouble = new MediaStorageException(MediaFault.Full);
        await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync());
        Assert.Equal(MediaStorageCondition.Full, rig.Storage.State.Condition);

        rig.Files.Trouble = null;
        await rig.AddAsync();
        Assert.Equal(MediaStorageCondition.Ok, rig.Storage.State.Condition);
        Assert.Equal(["2026/11/23/image.jpg"], rig.OnDisk());
    }
}

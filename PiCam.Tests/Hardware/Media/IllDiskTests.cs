using System.Diagnostics;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Films;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Tests.Core.Films;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Hardware.Films;
using Xunit;

namespace PiCam.Tests.Hardware.Media;

/// <summary>
/// A real disk that is full, or read-only also for root. This same test program, run again in mounts of its own, has it as its
/// folder.
/// </summary>
public sealed class IllDiskTests
{
    private const string FolderVariable = "PICAM_TEST_ILL_DISK";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Folder => Environment.GetEnvironmentVariable(FolderVariable)!;

    [Theory]
    [InlineData(nameof(FillDisk))]
    [InlineData(nameof(LoseTheRightToWrite))]
    [InlineData(nameof(RunLow))]
    [InlineData(nameof(FillDiskUnderAFilm))]
    [InlineData(nameof(LoseTheRightToWriteUnderAFilm))]
    [InlineData(nameof(RunLowUnderARecording))]
    [InlineData(nameof(FillDiskUnderARecording))]
    [InlineData(nameof(LoseTheRightToWriteUnderARecording))]
    public async Task Disk_FullOrReadOnly_IsSaidAndSurvived(string method)
    {
        using var folder = new TemporaryFolder();
        await OwnProgram.RunInMountsAsync(typeof(IllDiskTests), method, "mount -t tmpfs -o size=8m tmpfs \"$0\"", folder.Path, (FolderVariable, folder.Path));
    }

    /// <summary>R11. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task FillDisk()
    {
        await using var rig = await LibraryRig.StartAsync(Path.Combine(Folder, "data"));
        await rig.Storage.StartAsync(Token);
        Assert.Equal(MediaStorageCondition.Ok, rig.Storage.State.Condition);
        byte[] picture = [.. LibraryRig.Jpeg(), .. new byte[500_000]];
        var taken = new List<MediaItem>();
        var full = await Assert.ThrowsAsync<MediaStorageException>(async () =>
        {
            while (taken.Count < 100)
            {
                taken.Add(await rig.AddAsync(content: picture));
            }
        });

        Assert.Equal((MediaFault.Full, MediaStorageCondition.Full), (full.Reason, rig.Storage.State.Condition));
        Assert.NotEmpty(taken);

        // The rest of the panel still has room to write, and so does a deletion.
        await rig.Library.RenameAsync(Callers.Operator, taken[0].Id, "still works");
        Assert.Equal(taken.Count, rig.OnDisk().Length);

        // A program that fills the disk by itself: not even the database has room.
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(Path.Combine(Folder, "ballast"), new byte[8 << 20], Token));
        await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync(content: picture));
        Assert.Equal(taken.Count, (await rig.AllAsync()).Count);

        File.Delete(Path.Combine(Folder, "ballast"));
        await rig.Library.DeleteAsync(Callers.Operator, [taken[0].Id, taken[1].Id]);
        rig.Clock.Advance(MediaLibrary.UndoTime);
        await rig.Library.PurgeAsync(Token);
        await rig.AddAsync(content: picture);
        Assert.Equal(MediaStorageCondition.Ok, rig.Storage.State.Condition);
    }

    /// <summary>R12. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task RunLow()
    {
        await using var rig = await LibraryRig.StartAsync(Path.Combine(Folder, "data"));
        byte[] picture = [.. LibraryRig.Jpeg(), .. new byte[500_000]];
        var start = rig.Clock.GetUtcNow();
        var taken = new List<MediaItem>();
        for (var minute = 0; minute < 6; minute++)
        {
            taken.Add(await rig.AddAsync(new NewMedia(MediaKind.Still, "image") { TakenAt = start.AddMinutes(minute) }, picture));
        }

        await rig.Library.ProtectAsync(Callers.Operator, [taken[0].Id], isProtected: true);
        await rig.Library.DeleteAsync(Callers.Operator, [taken[5].Id]);

        // Two and a half more pictures would have to fit in.
        var reserve = (int)((rig.Files.Look().FreeBytes!.Value + 1_250_000) / 1_000_000);
        using var keeper = rig.Retention(reserve, TimeProvider.System);
        await keeper.StartAsync(Token);
        await Eventually.TrueAsync(() => rig.Files.Look().FreeBytes >= reserve * 1_000_000L, "there is room again", Token);
        await keeper.StopAsync(Token);

        // What was deleted already went first, then the oldest, but for the protected one.
        var left = (await rig.AllAsync()).Select(entry => entry.Item.Id).ToArray();
        Assert.Contains(taken[0].Id, left);
        Assert.DoesNotContain(taken[1].Id, left);
        Assert.Empty(await rig.Library.RestoreAsync(Callers.Operator, [taken[5].Id]));
        Assert.Equal(left.Length, rig.OnDisk().Length);
    }

    /// <summary>R13. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task LoseTheRightToWrite()
    {
        await using var rig = await LibraryRig.StartAsync(Path.Combine(Folder, "data"));
        var item = await rig.AddAsync();
        await MountAsync("--bind", rig.Media, rig.Media);
        await MountAsync("-o", "remount,bind,ro", rig.Media);

        await rig.Storage.StartAsync(Token);
        Assert.Equal(MediaStorageCondition.ReadOnly, rig.Storage.State.Condition);
        Assert.Equal(MediaFault.ReadOnly, (await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync())).Reason);

        // What is there can still be seen.
        Assert.Equal(item, (await rig.AllAsync()).Single().Item);
        Assert.NotNull(await rig.Library.ThumbnailAsync(Callers.Viewer, item, Token));
        using var stream = rig.Library.Open(Callers.Viewer, item);
        Assert.Equal(item.Bytes, stream!.Length);

        await MountAsync("-o", "remount,bind,rw", rig.Media);
        await rig.AddAsync();
        Assert.Equal(MediaStorageCondition.Ok, rig.Storage.State.Condition);
    }

    /// <summary>R11, while ffmpeg writes. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task FillDiskUnderAFilm()
    {
        var ballast = Path.Combine(Folder, "ballast");
        await EndFilmAsync(
            () => Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(ballast, new byte[8 << 20], Token)),
            MediaFault.Full,
            () =>
            {
                File.Delete(ballast);
                return Task.CompletedTask;
            });
    }

    /// <summary>R13, before ffmpeg can write. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task LoseTheRightToWriteUnderAFilm()
    {
        var media = Path.Combine(Folder, "data", "media");
        await EndFilmAsync(
            async () =>
            {
                await MountAsync("--bind", media, media);
                await MountAsync("-o", "remount,bind,ro", media);
            },
            MediaFault.ReadOnly,
            () => MountAsync("-o", "remount,bind,rw", media));
    }

    /// <summary>R11, by what is recorded itself. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task RunLowUnderARecording()
    {
        foreach (var format in Enum.GetValues<RecordingFormat>())
        {
            await using var rig = await RecordAsync(Path.Combine(Folder, $"{format}"), format);
            var ballast = Path.Combine(Folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[rig.Library.Files.Look().FreeBytes!.Value - MediaStorage.Reserve - 300_000], Token);

            // Noise, so that it takes room. It ends by itself, whole, with the reserve free.
            for (var at = 10.0; rig.Recorder.State.IsRecording && at < 200; at += 1)
            {
                await rig.SendNoiseAsync(RecordingRig.Times(at, 30));
            }

            var item = Assert.Single(await rig.EndAsync());
            Assert.Equal(MediaFault.Full, rig.Recorder.State.Fault);
            Assert.Equal(rig.Recorder.State.Frames, (await FilmProbe.ReadAsync(rig.File(item))).Frames);
            Assert.InRange(rig.Library.Files.Look().FreeBytes!.Value, 1_000_000, MediaStorage.Reserve);
            Assert.Equal(CameraCondition.Live, rig.Session.State.Condition);
            Assert.Equal(MediaFault.Full, Assert.Throws<MediaStorageException>(() => rig.Recorder.Start(Callers.Operator)).Reason);

            File.Delete(ballast);
            rig.Recorder.Start(Callers.Operator);
            await rig.SendAsync(RecordingRig.Times(300, 30));
            Assert.Equal(2, (await rig.StopAsync()).Length);
            Directory.Delete(rig.Library.Media, recursive: true);
        }
    }

    /// <summary>R11, by another program that leaves nothing. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task FillDiskUnderARecording()
    {
        await using var rig = await RecordAsync(Path.Combine(Folder, "data"), RecordingFormat.Mjpeg);
        var ballast = Path.Combine(Folder, "ballast");
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(ballast, new byte[8 << 20], Token));

        await rig.SendAsync(RecordingRig.Times(4, 60));
        await Eventually.TrueAsync(() => !rig.Recorder.State.IsRecording, "it has ended", Token);
        await rig.EndAsync();
        Assert.Equal((MediaFault.Full, CameraCondition.Live), (rig.Recorder.State.Fault, rig.Session.State.Condition));

        // It could not even be listed. It is when there is room again, and can be played: but for what was not on disk yet.
        File.Delete(ballast);
        await rig.Library.Library.ReconcileAsync(Token);
        var item = Assert.Single(await rig.Library.AllAsync()).Item;
        Assert.InRange((await FilmProbe.ReadAsync(rig.File(item))).Frames, 25, 121);
    }

    /// <summary>R13, in a recording. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task LoseTheRightToWriteUnderARecording()
    {
        await using var rig = await RecordAsync(Path.Combine(Folder, "data"), RecordingFormat.H264);
        var media = rig.Library.Media;
        await MountAsync("--bind", media, media);
        await MountAsync("-o", "remount,bind,ro", media);

        await rig.SendAsync(RecordingRig.Times(4, 60));
        await Eventually.TrueAsync(() => !rig.Recorder.State.IsRecording, "it has ended", Token);
        await rig.Recorder.WhenIdleAsync(Token);
        Assert.Equal((MediaFault.ReadOnly, CameraCondition.Live), (rig.Recorder.State.Fault, rig.Session.State.Condition));
        Assert.Empty(await rig.Library.AllAsync());

        // The next start takes in what was recorded before.
        await MountAsync("-o", "remount,bind,rw", media);
        var parts = rig.NewParts();
        await parts.LoadAsync(Token);
        await parts.RescueAsync(Token);
        var item = Assert.Single(await rig.Library.AllAsync()).Item;
        Assert.InRange((await FilmProbe.ReadAsync(rig.File(item))).Frames, 30, 121);
    }

    // Two seconds of a recording that goes on, the first of which is on disk.
    private static async Task<RecordingRig> RecordAsync(string data, RecordingFormat format)
    {
        var rig = await RecordingRig.StartAsync(data);
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero, Format = format, Quality = 100 });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, 61));
        await Eventually.TrueAsync(
            () => rig.Recorder.State.Frames >= 61
                && Directory.Exists(rig.Library.Media)
                && new DirectoryInfo(rig.Library.Media).EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.Length > 4000),
            "it is being written",
            Token);
        return rig;
    }

    private static async Task EndFilmAsync(Func<Task> ill, Reason reason, Func<Task> well)
    {
        var encoder = new TroubledFilmEncoder(FilmTests.Encoder(), ill);
        await using var rig = await FilmRig.StartAsync(encoder, 30, Path.Combine(Folder, "data"));
        var before = rig.Library.OnDisk();

        var film = await rig.OverAsync(new FilmSettings { RemovesPictures = true });

        Assert.Equal((FilmState.Failed, reason), (film.State, film.Fault));
        Assert.Equal(before, rig.Library.OnDisk());
        Assert.Equal(30, await rig.PicturesAsync());
        await well();
        encoder.Before = () => Task.CompletedTask;
        Assert.Equal((FilmState.Done, 30), ((await rig.OverAsync()).State, await rig.PicturesAsync()));
    }

    private static async Task MountAsync(params string[] arguments)
    {
        using var mount = Process.Start("mount", arguments);
        await mount.WaitForExitAsync(Token);
        Assert.Equal(0, mount.ExitCode);
    }
}

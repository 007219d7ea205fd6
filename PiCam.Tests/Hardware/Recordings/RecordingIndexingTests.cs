using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Films;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

public sealed class RecordingIndexingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_Ended_GetsItsIndexAtItsBeginningAndKeepsEveryFrame()
    {
        await using var rig = await RecordingRig.StartAsync();
        var item = await RecordAsync(rig, 60);
        Assert.Equal(["ftyp", "moov", "moof"], Boxes(rig.File(item)).Take(3));
        var times = await PacketProbe.TimesAsync(rig.File(item));

        await using (var indexing = await RunAsync(rig))
        {
            await indexing.IsDoneAsync();
        }

        Assert.Equal(["ftyp", "moov", "free", "mdat"], Boxes(rig.File(item)));
        Assert.Equal(times, await PacketProbe.TimesAsync(rig.File(item)));
        Assert.Equal(60, (await FilmProbe.ReadAsync(rig.File(item))).Frames);
        var after = await rig.Library.Library.FindAsync(Callers.Viewer, item.Id, Token);
        Assert.Equal(item with { Bytes = new FileInfo(rig.File(item)).Length }, after);
        Assert.NotEqual(item.Bytes, after.Bytes);
        Assert.Empty(rig.Parts.Unindexed);
    }

    [Fact]
    public async Task Recording_WhileAnotherIsMade_WaitsForItsEndUnlessItIsAnHourOld()
    {
        var time = new SettableClock(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var rig = await RecordingRig.StartAsync(time: time);
        var first = await RecordAsync(rig, 30);
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(20, 30));
        await Eventually.TrueAsync(() => rig.Parts.IsWriting, "the second one is written", Token);

        await using var indexing = await RunAsync(rig);
        Assert.Equal([first.Id], rig.Parts.Unindexed.Select(file => file.MediaId));
        Assert.Contains("moof", Boxes(rig.File(first)));

        time.Advance(TimeSpan.FromHours(2));
        await rig.SendAsync(RecordingRig.Times(30, 1));
        await Eventually.TrueAsync(() => !Boxes(rig.File(first)).Contains("moof"), "the old one is done beside the new one", Token);
        await rig.StopAsync();
        await indexing.IsDoneAsync();
    }

    [Fact]
    public async Task Recording_CopyThatIsNotTheSame_StaysAsItWas()
    {
        await using var rig = await RecordingRig.StartAsync();
        var item = await RecordAsync(rig, 30);
        var before = await File.ReadAllBytesAsync(rig.File(item), Token);
        using var folder = new TemporaryFolder();

        // A program that copies wrongly: what it is asked to hash is another film each time.
        var liar = folder["ffmpeg"];
        await File.WriteAllTextAsync(
            liar, "#!/bin/sh\ncase \"$*\" in *framehash*) echo \"0, 0, 0, 1, 1, $$\" ;; *) for last; do :; done; echo x > \"${last#file:}\" ;; esac\n", Token);
        File.SetUnixFileMode(liar, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await using (var indexing = await RunAsync(rig, liar))
        {
            await indexing.IsDoneAsync();
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(rig.File(item), Token));
        Assert.Equal([item.Id], rig.Parts.Unindexed.Select(file => file.MediaId));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(rig.File(item))!));
    }

    [Fact]
    public async Task Recording_DeletedMeanwhile_IsLeftAlone()
    {
        await using var rig = await RecordingRig.StartAsync();
        var item = await RecordAsync(rig, 30);
        await rig.Library.Library.DeleteAsync(Callers.Operator, [item.Id]);

        await using var indexing = await RunAsync(rig);
        await indexing.IsDoneAsync();

        Assert.Empty(rig.Parts.Unindexed);
        Assert.Contains("moof", Boxes(rig.File(item)));
    }

    [Fact]
    public async Task Recording_PanelEndsBeforeItsIndex_GetsItAtTheNextStart()
    {
        await using var rig = await RecordingRig.StartAsync();
        var item = await RecordAsync(rig, 30);
        var parts = rig.NewParts();
        await parts.LoadAsync(Token);
        await parts.RescueAsync(Token);

        await using var indexing = await RunAsync(rig, parts: parts);
        await indexing.IsDoneAsync();

        Assert.Equal(["ftyp", "moov", "free", "mdat"], Boxes(rig.File(item)));
        Assert.Single(await rig.Library.AllAsync());
    }

    private static async Task<MediaItem> RecordAsync(RecordingRig rig, int frames)
    {
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, frames));
        return Assert.Single(await rig.StopAsync());
    }

    private static async Task<Running> RunAsync(RecordingRig rig, string? program = null, RecordingParts? parts = null)
    {
        var running = new Running(rig, program, parts ?? rig.Parts);
        await running.StartAsync();
        return running;
    }

    // The kinds of the boxes that an MP4 file consists of (ISO/IEC 14496-12, 4.2), in order.
    private static List<string> Boxes(string path)
    {
        var kinds = new List<string>();
        var header = new byte[16];
        using var file = File.OpenRead(path);
        while (file.ReadAtLeast(header, 16, throwOnEndOfStream: false) >= 8)
        {
            kinds.Add(Encoding.ASCII.GetString(header, 4, 4));
            var length = BinaryPrimitives.ReadUInt32BigEndian(header) is > 1 and var shortLength ? shortLength : (long)BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(8));
            file.Position += length - 16;
        }

        return kinds;
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly MediaUpkeep upkeep;

        public Running(RecordingRig rig, string? program, RecordingParts parts)
        {
            upkeep = new MediaUpkeep(rig.Library.Library, rig.Library.Time, NullLogger<MediaUpkeep>.Instance);
            var films = new FfmpegFilmFiles(program ?? "ffmpeg", TimeProvider.System, NullLogger<FfmpegFilmFiles>.Instance);
            Indexing = new RecordingIndexing(parts, rig.Library.Library, upkeep, films, rig.Library.Time, NullLogger<RecordingIndexing>.Instance);
        }

        public RecordingIndexing Indexing { get; }

        public async Task StartAsync()
        {
            await upkeep.StartAsync(Token);
            await Indexing.StartAsync(Token);
        }

        public Task IsDoneAsync() => Eventually.TrueAsync(() => Indexing.IsIdle, "every recording has its index", Token);

        public async ValueTask DisposeAsync()
        {
            await Indexing.StopAsync(CancellationToken.None);
            await upkeep.StopAsync(CancellationToken.None);
            Indexing.Dispose();
            upkeep.Dispose();
        }
    }
}

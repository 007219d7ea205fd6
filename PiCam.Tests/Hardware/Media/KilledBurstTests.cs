using PiCam.Core.Media;
using PiCam.Core.Sequences;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Core.Sequences;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Media;

/// <summary>kill -9 in the middle of a burst. This same test program, run again, takes it.</summary>
public sealed class KilledBurstTests
{
    private const string FolderVariable = "PICAM_TEST_BURST";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_InTheMiddleOfABurst_ListsNoHalfFileAndLosesNoTakenPicture()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < LongRun.Kills; round++)
        {
            var before = Told(folder).Length;
            await OwnProgram.KillAsync(
                typeof(KilledBurstTests), nameof(TakeBurst), (FolderVariable, folder.Path), () => Told(folder).Length > before + 1, "some pictures are taken", TimeSpan.FromMilliseconds(60));

            await using var rig = await LibraryRig.StartAsync(folder["data"], TimeProvider.System);
            await rig.Library.ReconcileAsync(Token);

            var listed = await rig.Library.IdsAsync(Callers.Viewer, new MediaQuery(), Token);
            Assert.Empty(Told(folder).Except(listed));
            var items = await rig.Library.FindAsync(Callers.Viewer, listed, Token);
            Assert.All(items, item => AssertWhole(rig, item));

            // One that was found beside the index belongs to no sequence any more; those that are listed with one are its first ones.
            foreach (var burst in items.Where(item => item.Sequence is not null).GroupBy(item => item.Sequence))
            {
                var numbers = burst.Select(item => int.Parse(item.Name.AsSpan("image".Length, 4), System.Globalization.CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Order());
            }

            Assert.Equal(listed.Count, rig.OnDisk().Length);
        }
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task TakeBurst()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        var camera = new FakeCamera();
        await using var rig = await SequenceRig.StartAsync(camera, Path.Combine(folder, "data"));
        rig.Library.Library.Changed += change => File.AppendAllLines(Path.Combine(folder, "taken"), change.Ids);
        while (true)
        {
            var burst = rig.Sequences.Start(Callers.Operator, new SequenceRequest { Count = SequenceRequest.MostOfBurst, Name = "image{counter:0000}" });
            while (rig.Sequences.Find(burst.Id).IsUnderWay)
            {
                camera.Send(Picture);
                await Task.Delay(1, Token);
            }
        }
    }

    // Large enough to be half written.
    private static byte[] Picture { get; } = [.. LibraryRig.Jpeg(), .. new byte[500_000]];

    private static void AssertWhole(LibraryRig rig, MediaItem item)
    {
        using var stream = rig.Library.Open(Callers.Viewer, item)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        Assert.Equal(item.Bytes, bytes.Length);
        Assert.True(bytes.Length > Picture.Length, $"{item.Path} has {bytes.Length} bytes.");
        using var codec = SKCodec.Create(new SKMemoryStream(bytes.ToArray()));
        using var bitmap = new SKBitmap(codec.Info);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
    }

    // The last line may be cut off; then nobody was told.
    private static string[] Told(TemporaryFolder folder) => File.Exists(folder["taken"])
        ? [.. File.ReadAllText(folder["taken"]).Split('\n').Where(id => id.Length == 32)]
        : [];
}

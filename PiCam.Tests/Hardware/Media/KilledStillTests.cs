using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using PiCam.Core.Media;
using PiCam.Core.Stills;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Core.Stills;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Media;

/// <summary>kill -9 in the middle of stills that are stamped and numbered. This same test program, run again, takes them.</summary>
public sealed class KilledStillTests
{
    private const string FolderVariable = "PICAM_TEST_STILLS";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_AtAnyTime_LosesNoTakenStillListsNoHalfOneAndGivesNoNumberTwice()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < LongRun.Kills; round++)
        {
            var before = Acknowledged(folder).Length;
            await OwnProgram.KillAsync(
                typeof(KilledStillTests), nameof(TakeStills), (FolderVariable, folder.Path), () => Acknowledged(folder).Length > before, "a still is taken", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2));
        }

        await using var rig = await LibraryRig.StartAsync(folder["data"], TimeProvider.System);
        await rig.Library.ReconcileAsync(Token);
        var listed = await rig.Library.IdsAsync(Callers.Viewer, new MediaQuery(), Token);
        Assert.Empty(Acknowledged(folder).Except(listed));
        var items = await rig.Library.FindAsync(Callers.Viewer, listed, Token);
        foreach (var item in items)
        {
            await using var stream = rig.Library.Open(Callers.Viewer, item)!;
            var photo = ImageMetadataReader.ReadMetadata(stream).OfType<ExifSubIfdDirectory>().Single();
            Assert.NotNull(photo.GetString(ExifDirectoryBase.TagDateTimeOriginal));
            stream.Position = 0;
            using var codec = SKCodec.Create(stream);
            using var picture = new SKBitmap(codec.Info);
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(codec.Info, picture.GetPixels()));
        }

        // A number at a name's end would mean that two pictures wanted the same one.
        var numbers = items.Select(item => int.Parse(item.Name["image".Length..], NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(listed.Count, rig.OnDisk().Length);
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task TakeStills()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var rig = await StillRig.StartAsync(Path.Combine(folder, "data"));
        rig.Camera.TakesStill = (request, _) => Task.FromResult(rig.Camera.Still(request) with { Jpeg = TestPictures.Gradient(640, 480), Width = 640, Height = 480 });
        using var turn = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(Enumerable.Range(0, int.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Token }, async (_, _) =>
        {
            var how = new StillSettings { NameTemplate = "image{counter:000}", Stamp = true };
            var item = await rig.Stills.TakeAsync(Callers.Operator, how, null, Token);
            await turn.WaitAsync(Token);
            await File.AppendAllTextAsync(Path.Combine(folder, "taken"), item.Id + "\n", Token);
            turn.Release();
        });
    }

    // The last line may be cut off; then nobody was told.
    private static string[] Acknowledged(TemporaryFolder folder) => File.Exists(folder["taken"])
        ? [.. File.ReadAllText(folder["taken"]).Split('\n').Where(id => id.Length == 32)]
        : [];
}

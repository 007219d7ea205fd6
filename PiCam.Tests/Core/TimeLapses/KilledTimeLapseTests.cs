using PiCam.Core.Media;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

/// <summary>kill -9 in the middle of a time-lapse. This same test program, run again, takes it.</summary>
public sealed class KilledTimeLapseTests
{
    private const string FolderVariable = "PICAM_TEST_TIME_LAPSE";

    private static readonly TimeLapsePlan Plan = new() { Name = "yard", Interval = TimeLapsePlan.ShortestInterval, Template = "img{counter:03}" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_AtAnyTime_GoesOnWithoutALostPictureOrANumberUsedTwice()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < LongRun.Kills; round++)
        {
            var before = Acknowledged(folder).Length;
            await OwnProgram.KillAsync(
                typeof(KilledTimeLapseTests), nameof(TakePictures), (FolderVariable, folder.Path), () => Acknowledged(folder).Length > before, "a picture is taken", TimeSpan.FromMilliseconds(600));
        }

        await using var rig = await TimeLapseRig.StartAsync(folder["data"]);
        var lapse = rig.Book.Running!;
        var taken = Acknowledged(folder).Length;
        await Eventually.TrueAsync(() => rig.Book.Running!.Taken > taken, "it goes on", Token);
        await rig.Book.EndAsync(Callers.Operator, lapse.Id);

        var pictures = new List<MediaItem>();
        for (MediaPage? page = null; page?.Next is not null || page is null;)
        {
            page = await rig.Library.Library.PageAsync(Callers.Viewer, new MediaQuery { Count = MediaQuery.MostPerPage, Before = page?.Next }, Token);
            pictures.AddRange(page.Entries.Select(entry => entry.Item));
        }

        Assert.Empty(Acknowledged(folder).Except(pictures.Select(picture => picture.Id)));
        Assert.All(pictures, picture => Assert.Equal(lapse.Sequence, picture.Sequence));
        var inOrder = pictures.OrderBy(picture => picture.TakenAt).ToList();
        Assert.Equal(Enumerable.Range(1, inOrder.Count).Select(n => $"img{n:000}"), inOrder.Select(picture => picture.Name));
        Assert.All(inOrder, picture =>
        {
            using var stream = rig.Library.Library.Open(Callers.Viewer, picture);
            using var decoded = SKBitmap.Decode(stream);
            Assert.True(decoded.Width >= 64, picture.Name);
        });
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task TakePictures()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var rig = await TimeLapseRig.StartAsync(Path.Combine(folder, "data"));
        rig.Picture = Noise();
        rig.Library.Library.Changed += change =>
        {
            if (change.Kind == MediaChangeKind.Added)
            {
                File.AppendAllText(Path.Combine(folder, "taken"), string.Concat(change.Ids.Select(id => id + "\n")));
            }
        };
        if (rig.Book.All.Count == 0)
        {
            await rig.Book.CreateAsync(Callers.Operator, Plan);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, Token);
    }

    // Large enough to be half written.
    private static byte[] Noise()
    {
        using var bitmap = new SKBitmap(1200, 900);
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    // The last line may be cut off; then nobody was told.
    private static string[] Acknowledged(TemporaryFolder folder) => File.Exists(folder["taken"])
        ? [.. File.ReadAllText(folder["taken"]).Split('\n').Where(id => id.Length == 32)]
        : [];
}

using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Media;

/// <summary>kill -9 in the middle of taking pictures. This same test program, run again, takes them.</summary>
public sealed class KilledLibraryTests
{
    private const string FolderVariable = "PICAM_TEST_LIBRARY";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_AtAnyTime_LosesNoTakenPictureAndListsNoHalfOne()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < LongRun.Kills; round++)
        {
            var before = Acknowledged(folder).Length;
            await OwnProgram.KillAsync(
                typeof(KilledLibraryTests), nameof(TakePictures), (FolderVariable, folder.Path), () => Acknowledged(folder).Length > before, "a picture is taken", TimeSpan.FromMilliseconds(60));

            await using var rig = await LibraryRig.StartAsync(folder["data"], TimeProvider.System);
            await rig.Library.ReconcileAsync(Token);

            var listed = await rig.Library.IdsAsync(Callers.Viewer, new MediaQuery(), Token);
            Assert.Empty(Acknowledged(folder).Except(listed));
            foreach (var item in await rig.Library.FindAsync(Callers.Viewer, listed, Token))
            {
                using var stream = rig.Library.Open(Callers.Viewer, item)!;
                Assert.Equal(Picture.Length, stream.Length);
                Assert.Equal(Picture.Length, item.Bytes);
            }

            Assert.Equal(listed.Count, rig.OnDisk().Length);
        }
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task TakePictures()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var rig = await LibraryRig.StartAsync(Path.Combine(folder, "data"), TimeProvider.System);
        using var turn = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(Enumerable.Range(0, int.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Token }, async (_, _) =>
        {
            var item = await rig.AddAsync(new NewMedia(MediaKind.Burst, "image001") { Sequence = "s" }, Picture);
            await turn.WaitAsync(Token);
            await File.AppendAllTextAsync(Path.Combine(folder, "taken"), item.Id + "\n", Token);
            turn.Release();
        });
    }

    // Large enough to be half written.
    private static byte[] Picture { get; } = [.. LibraryRig.Jpeg(), .. new byte[500_000]];

    // The last line may be cut off; then nobody was told.
    private static string[] Acknowledged(TemporaryFolder folder) => File.Exists(folder["taken"])
        ? [.. File.ReadAllText(folder["taken"]).Split('\n').Where(id => id.Length == 32)]
        : [];
}

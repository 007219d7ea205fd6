using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Exports;
using PiCam.Core.Media;
using PiCam.Hardware.Exports;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Exports;

public sealed class ExportPlacesTests : IDisposable
{
    private static readonly DateTimeOffset TakenAt = new(2026, 11, 23, 23, 30, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder folder = new();
    private readonly ExportPlaces places;

    public ExportPlacesTests() => places = Places(folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExportPlaces Places(string named) => new([named], "/home/pi/.picam/media", new MountTable(folder["mounts"]), NullLogger<ExportPlaces>.Instance);

    private static MediaItem Item(string name = "Fox", MediaKind kind = MediaKind.Still, string extension = "jpg") =>
        new() { Id = "1", Kind = kind, Name = name, Path = $"2026/11/23/x.{extension}", TakenAt = TakenAt, Bytes = 3 };

    private Task<bool> CopyAsync(byte[] content, MediaItem? item = null) => places.CopyAsync(Place, item ?? Item(), new MemoryStream(content), _ => { }, Token);

    private ExportPlace Place => Assert.Single(places.Look());

    public void Dispose() => folder.Dispose();

    // Lines as a Raspberry Pi with a stick, a share and its own system shows them.
    [Fact]
    public void Look_MountsOfAPi_AreItsSticksAndShares()
    {
        File.WriteAllLines(folder["mounts"],
        [
            "25 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw",
            "26 25 0:5 / /dev rw,relatime shared:2 - devtmpfs udev rw,size=1G",
            "60 25 179:1 / /boot/firmware rw,relatime shared:30 - vfat /dev/mmcblk0p1 rw",
            "70 25 8:1 / /media/pi/MY\\040STICK\\134\\345\\233\\276 rw,nosuid,nodev shared:40 - vfat /dev/sda1 rw,uid=1000",
            "71 25 0:44 / /mnt/nas rw,relatime shared:41 - nfs4 nas.lan:/pictures rw",
            "72 25 0:45 / /mnt/share rw,relatime shared:42 master:3 - cifs //nas/pictures rw",
            "73 25 0:46 / /run/media/empty rw shared:43 - tmpfs tmpfs rw",
            "76 25 8:49 / /home/pi/.picam rw shared:46 - ext4 /dev/sdd1 rw",
            "77 25 8:49 / /mnt/same rw shared:47 - ext4 /dev/sdd1 rw",
            "74 25 8:17 / /media/twice rw shared:44 - ext4 /dev/sdb1 rw",
            "75 74 8:33 / /media/twice rw shared:45 - ext4 /dev/sdc1 rw",
            "a line of another kind",
        ]);

        Assert.Equal(
            [("/media/pi/MY STICK\\图", "/dev/sda1"), ("/mnt/nas", "nas.lan:/pictures"), ("/mnt/share", "//nas/pictures"), ("/media/twice", "/dev/sdc1"), (folder.Path, "/dev/mmcblk0p2")],
            places.Look().Select(place => (place.Folder, place.Device)));
        Assert.Equal("MY STICK\\图", places.Look()[0].Name);
        Assert.Equal((null, true), (places.Look()[^1].Obstacle, places.Look()[^1].FreeBytes > 0));
        Assert.Equal(ExportFault.ReadOnly("twice"), places.Look()[^2].Obstacle);
        Assert.True(places.IsThere(places.Look()[0]));
        File.WriteAllLines(folder["mounts"], ["25 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw"]);
        Assert.False(places.IsThere(new ExportPlace("/media/pi/MY STICK\\图", "/dev/sda1", null, null)));
        Assert.Equal(ExportFault.SameDisk(Path.GetFileName(folder.Path)), Place.Obstacle);
    }

    [Fact]
    public void Look_NoLinuxAndNoSuchFolder_IsEmpty() => Assert.Empty(Places(folder["nowhere"]).Look());

    [Fact]
    public async Task Copy_IsInTheFolderOfItsDayWithItsTime_AndIsNotMadeTwice()
    {
        Assert.True(await CopyAsync([1, 2, 3]));
        Assert.False(await CopyAsync([1, 2, 3]));

        var file = folder["PiCam/2026/11/23/Fox.jpg"];
        Assert.Equal([file], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(file, Token));
        Assert.Equal(TakenAt.UtcDateTime, File.GetLastWriteTimeUtc(file));
    }

    // Long enough that beginning and end do not meet.
    [Theory]
    [InlineData(0)]
    [InlineData(199_999)]
    public async Task Copy_AnotherFileHasTheName_GetsANumber(int differs)
    {
        var (first, second) = (new byte[200_000], new byte[200_000]);
        second[differs] = 1;
        await CopyAsync(first);

        Assert.True(await CopyAsync(second));
        Assert.False(await CopyAsync(second));

        Assert.Equal(second, await File.ReadAllBytesAsync(folder["PiCam/2026/11/23/Fox (2).jpg"], Token));
    }

    // S3, S8: who plugs in a disk does not decide where PiCam writes.
    [Theory]
    [InlineData("PiCam")]
    [InlineData("PiCam/2026/11")]
    public async Task Copy_ALinkOnTheDisk_IsNotFollowed(string link)
    {
        using var elsewhere = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[link])!);
        Directory.CreateSymbolicLink(folder[link], elsewhere.Path);

        Assert.Equal(ExportFault.Link(Place.Name), (await Assert.ThrowsAsync<ExportFailedException>(() => CopyAsync([1]))).Reason);

        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    // It gets its index after a while, and is another file then.
    [Fact]
    public async Task Copy_RecordingThatWasWrittenAnew_TakesThePlaceOfItsFormerCopy()
    {
        var recording = Item(kind: MediaKind.Recording, extension: "mp4");
        await CopyAsync([1, 2, 3], recording);

        Assert.True(await CopyAsync([4, 5], recording));
        Assert.True(await CopyAsync([6], recording with { TakenAt = TakenAt.AddMinutes(1) }));

        Assert.Equal([4, 5], await File.ReadAllBytesAsync(folder["PiCam/2026/11/23/Fox.mp4"], Token));
        Assert.Equal([6], await File.ReadAllBytesAsync(folder["PiCam/2026/11/23/Fox (2).mp4"], Token));
    }

    [Fact]
    public async Task Tidy_AfterAPowerCut_RemovesWhatIsHalfWrittenAndNothingElse()
    {
        await CopyAsync([1]);
        var day = folder["PiCam/2026/11/23"];
        await File.WriteAllTextAsync(Path.Combine(day, ".new-1"), "half", Token);
        await File.WriteAllTextAsync(Path.Combine(day, "notes.txt"), "somebody's", Token);

        await places.TidyAsync(Place);

        Assert.Equal(["Fox.jpg", "notes.txt"], Directory.GetFiles(day).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Copy_CutOff_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var content = new CutStream(cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => places.CopyAsync(Place, Item(extension: "mp4"), content, _ => { }, cancellation.Token));

        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    /// <summary>Gives up while it is read.</summary>
    private sealed class CutStream(CancellationTokenSource cancellation) : MemoryStream(new byte[5_000_000])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
            {
                await cancellation.CancelAsync();
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}

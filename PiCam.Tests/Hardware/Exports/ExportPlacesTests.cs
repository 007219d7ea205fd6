using PiCam.Core.Exports;
using PiCam.Hardware.Exports;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Exports;

public sealed class ExportPlacesTests : IDisposable
{
    private static readonly DateTimeOffset TakenAt = new(2026, 11, 23, 23, 30, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder folder = new();
    private readonly ExportPlaces places;

    public ExportPlacesTests() => places = new ExportPlaces([folder.Path], folder["mounts"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            "74 25 8:17 / /media/twice rw shared:44 - ext4 /dev/sdb1 rw",
            "75 74 8:33 / /media/twice rw shared:45 - ext4 /dev/sdc1 rw",
            "a line of another kind",
        ]);

        Assert.Equal(
            [("/media/pi/MY STICK\\图", "/dev/sda1"), ("/mnt/nas", "nas.lan:/pictures"), ("/mnt/share", "//nas/pictures"), ("/media/twice", "/dev/sdc1"), (folder.Path, null)],
            places.Look().Select(place => (place.Folder, place.Device)));
        Assert.Equal("MY STICK\\图", places.Look()[0].Name);
        Assert.Equal((true, true, false), (Place(^1).IsWritable, Place(^1).FreeBytes > 0, Place(^2).IsWritable));

        ExportPlace Place(Index at) => places.Look()[at];
    }

    [Fact]
    public void Look_NoLinuxAndNoSuchFolder_IsEmpty() => Assert.Empty(new ExportPlaces([folder["nowhere"]], folder["nothing"]).Look());

    [Fact]
    public async Task Copy_IsInTheFolderOfItsDayWithItsTime_AndIsNotMadeTwice()
    {
        using var content = new MemoryStream([1, 2, 3]);

        Assert.True(await places.CopyAsync(Place, "Fox.jpg", TakenAt, content, Token));
        Assert.False(await places.CopyAsync(Place, "Fox.jpg", TakenAt, content, Token));

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
        await places.CopyAsync(Place, "Fox.jpg", TakenAt, new MemoryStream(first), Token);

        Assert.True(await places.CopyAsync(Place, "Fox.jpg", TakenAt, new MemoryStream(second), Token));
        Assert.False(await places.CopyAsync(Place, "Fox.jpg", TakenAt, new MemoryStream(second), Token));

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

        await Assert.ThrowsAsync<ExportFailedException>(() => places.CopyAsync(Place, "Fox.jpg", TakenAt, new MemoryStream([1]), Token));

        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task Copy_CutOff_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var content = new CutStream(cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => places.CopyAsync(Place, "Fox.mp4", TakenAt, content, cancellation.Token));

        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    /// <summary>Gives up while it is read.</summary>
    private sealed class CutStream(CancellationTokenSource cancellation) : MemoryStream(new byte[5_000_000])
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(new byte[1000], CancellationToken.None);
            await cancellation.CancelAsync();
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}

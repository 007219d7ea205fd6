using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Exports;
using PiCam.Hardware.Exports;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Exports;

/// <summary>A real mount below /mnt, as the kernel lists it. This same test program, run again in mounts of its own, exports to it.</summary>
public sealed class ExportDiskTests
{
    private const string Disk = "/mnt/STICK";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(FillDisk))]
    [InlineData(nameof(PullDiskOut))]
    [InlineData(nameof(LoseTheRightToWrite))]
    [InlineData(nameof(ExceedTheLargestFile))]
    public Task Disk_IllOrGone_IsSaidAndNothingGoesElsewhere(string method) => OwnProgram.RunInMountsAsync(
        typeof(ExportDiskTests), method, "trap '' XFSZ; mount -t tmpfs below /mnt && mkdir \"$0\" && mount -t tmpfs -o size=1m /dev/sdx1 \"$0\"", Disk);

    /// <summary>R11. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task FillDisk()
    {
        var state = await ExportAsync(20, (_, _) => { });

        Assert.Equal(ExportFault.Full("STICK"), state.Fault);
        Assert.InRange(state.Copied, 1, 10);
        Assert.Equal(state.Copied, Directory.GetFiles(Disk, "*", SearchOption.AllDirectories).Length);
    }

    /// <summary>R13. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task PullDiskOut()
    {
        var state = await ExportAsync(5, (state, _) =>
        {
            if (state.Copied > 0 && Directory.Exists(Disk + "/PiCam"))
            {
                using var umount = Process.Start("umount", ["--lazy", Disk])!;
                umount.WaitForExit();
            }
        });

        Assert.Equal(ExportFault.Gone("STICK"), state.Fault);
        Assert.Empty(Directory.GetFileSystemEntries(Disk));
    }

    /// <summary>R13. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task LoseTheRightToWrite()
    {
        var state = await ExportAsync(5, (state, _) =>
        {
            if (state.Copied > 0)
            {
                using var mount = Process.Start("mount", ["-o", "remount,ro", Disk])!;
                mount.WaitForExit();
            }
        });

        Assert.Equal(ExportFault.ReadOnly("STICK"), state.Fault);
    }

    /// <summary>So much time passes between any two looks that every step is told.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long seconds;

        public override long GetTimestamp() => Interlocked.Increment(ref seconds) * TimestampFrequency;
    }

    /// <summary>As on FAT32 with 4 GB, but with 500 kB. Not a test by itself.</summary>
    [Fact(Explicit = true)]
    public async Task ExceedTheLargestFile()
    {
        var state = await ExportAsync(1, (state, _) =>
        {
            if (state.Bytes == 0)
            {
                using var limit = Process.Start("prlimit", ["--pid", $"{Environment.ProcessId}", "--fsize=500000"])!;
                limit.WaitForExit();
            }
        }, 900_000);

        Assert.Equal(ExportFault.TooLarge("STICK", "image.jpg"), state.Fault);
        Assert.Empty(Directory.GetFiles(Disk, "*", SearchOption.AllDirectories));
    }

    /// <summary>Exports so many pictures of 100 kB to the disk.</summary>
    private static async Task<ExportState> ExportAsync(int count, Action<ExportState, MediaExport> changed, int bytes = 100_000)
    {
        await using var rig = await LibraryRig.StartAsync();
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add((await rig.AddAsync(content: [.. LibraryRig.Jpeg(), .. new byte[bytes], (byte)number])).Id);
        }

        var export = new MediaExport(rig.Library, new ExportPlaces([], rig.Media, new MountTable(), NullLogger<ExportPlaces>.Instance), new HastyClock(), NullLogger<MediaExport>.Instance);
        export.Changed += () => changed(export.State!, export);
        var place = (await export.PlacesAsync(Callers.Operator)).Single(place => place.Folder == Disk);
        Assert.Equal(("/dev/sdx1", null), (place.Device, place.Obstacle));
        await export.StartAsync(Callers.Operator, Disk, ids);
        await Eventually.TrueAsync(() => export.State is { IsRunning: false }, "the export ends", Token);
        return export.State!;
    }
}

using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>
/// A memory group of the kernel (cgroups(7), version 1 or 2): what runs in it has so much memory and no more, and no swap; the system's
/// copies of files count where the group reads them first. Making one takes root, and a kernel that counts memory (on Raspberry Pi OS:
/// <c>cgroup_enable=memory</c>).
/// </summary>
internal sealed class MemoryGroup : IAsyncDisposable
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";

    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(5);

    private readonly string folder;

    private MemoryGroup(string folder) => this.folder = folder;

    /// <param name="bytes">The memory that all its processes together may have.</param>
    /// <returns>Null: there can be no such group here.</returns>
    public static MemoryGroup? TryCreate(long bytes)
    {
        var (root, limit, withSwap, most) = Directory.Exists(Version1)
            ? (Version1, "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", bytes)
            : (Version2, "memory.max", "memory.swap.max", 0);
        var folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"picam-benchmark-{Environment.ProcessId}"));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (!File.Exists(Path.Combine(folder, limit)))
        {
            // The kernel does not count memory here.
            Directory.Delete(folder);
            return null;
        }

        File.WriteAllText(Path.Combine(folder, limit), bytes.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(Path.Combine(folder, withSwap)))
        {
            File.WriteAllText(Path.Combine(folder, withSwap), most.ToString(CultureInfo.InvariantCulture));
        }

        return new MemoryGroup(folder);
    }

    /// <summary>The command that runs another one in the group.</summary>
    public (string Program, string[] Arguments) Enter(string program, params string[] arguments) =>
        ("/bin/sh", ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(folder, "cgroup.procs"), program, .. arguments]);

    /// <summary>Its processes have been told to end by now; the kernel forgets them a moment later.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Leaving);
        while (true)
        {
            try
            {
                Directory.Delete(folder);
                return;
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(50);
            }
        }
    }
}

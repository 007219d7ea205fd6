using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>
/// A memory group of the kernel (cgroups(7), version 1 or 2): what runs in it gets so much memory and no more for everything, the
/// files that it reads included. Making one takes root, and a kernel that counts memory (on Raspberry Pi OS: <c>cgroup_enable=memory</c>).
/// </summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";

    private readonly string folder;

    /// <param name="bytes">The memory that all its processes together may have.</param>
    /// <exception cref="InvalidOperationException">There can be no such group here; says why.</exception>
    public MemoryGroup(long bytes)
    {
        var (root, limit) = Directory.Exists(Version1) ? (Version1, "memory.limit_in_bytes") : (Version2, "memory.max");
        folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"picam-benchmark-{Environment.ProcessId}"));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, limit), bytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException("a group of little memory takes root, and a kernel with the memory controller: " + exception.Message, exception);
        }
    }

    /// <summary>The command that runs another one in the group.</summary>
    public (string Program, string[] Arguments) Enter(string program, params string[] arguments) =>
        ("/bin/sh", ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(folder, "cgroup.procs"), program, .. arguments]);

    /// <summary>Its processes have ended by now.</summary>
    public void Dispose() => Directory.Delete(folder);
}

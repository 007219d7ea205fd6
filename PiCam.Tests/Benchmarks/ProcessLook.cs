using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>What Linux's /proc says of a process now.</summary>
/// <param name="ResidentMegabytes">Its memory.</param>
/// <param name="Files">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessLook(double ResidentMegabytes, int Files, int Threads)
{
    public static ProcessLook At(int processId)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        var resident = File.ReadLines(Path.Combine(folder, "status")).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new ProcessLook(
            double.Parse(resident, CultureInfo.InvariantCulture) / 1024,
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Count(),
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "task")).Count());
    }
}

using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>What Linux's /proc says of a process now.</summary>
/// <param name="ResidentMegabytes">Its memory.</param>
/// <param name="FileMegabytes">Of that, pages of files: the kernel can take them back at any time, the rest it cannot.</param>
/// <param name="Files">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessLook(double ResidentMegabytes, double FileMegabytes, int Files, int Threads)
{
    public static ProcessLook At(int processId)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        var status = File.ReadAllLines(Path.Combine(folder, "status"));
        return new ProcessLook(
            Megabytes("VmRSS:"),
            Megabytes("RssFile:"),
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Count(),
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "task")).Count());

        double Megabytes(string name) => double.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

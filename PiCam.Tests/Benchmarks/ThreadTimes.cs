using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>The CPU time that each thread of a process has had, from Linux's /proc.</summary>
internal static class ThreadTimes
{
    /// <returns>By the thread's name; the time of those with the same name is added up.</returns>
    public static IReadOnlyDictionary<string, TimeSpan> Of(int processId)
    {
        var times = new Dictionary<string, TimeSpan>();
        foreach (var thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task")))
        {
            // The first of schedstat's numbers: nanoseconds on a processor.
            var name = Path.GetFileName(thread) == processId.ToString(CultureInfo.InvariantCulture)
                ? "main"
                : File.ReadAllText(Path.Combine(thread, "comm")).Trim();
            var nanoseconds = long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
            times[name] = times.GetValueOrDefault(name) + TimeSpan.FromTicks(nanoseconds / 100);
        }

        return times;
    }
}

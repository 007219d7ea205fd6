using System.Globalization;

namespace PiCam.Hardware.Processes;

/// <summary>
/// What every child carries in its environment: which run of PiCam started it. A process id alone may belong to another process
/// by now; with the time of its start (proc(5): /proc/PID/stat, field 22, in clock ticks since boot) it names one for good.
/// </summary>
internal static class ParentMark
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "PICAM_PARENT";

    /// <summary>That of this process.</summary>
    public static string Own { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{StartTime(Environment.ProcessId)}");

    /// <summary>Whether the process that is meant still runs; true as well for a mark that is none of ours.</summary>
    public static bool Lives(string mark) =>
        mark.Split('.') is not [var id, var started]
        || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        || StartTime(process) == started;

    /// <summary>Null when there is no such process.</summary>
    private static string? StartTime(int process)
    {
        try
        {
            // "pid (name) state …"; the name may hold anything, also a parenthesis. The state is field 3.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[22 - 3];
        }
        catch (IOException)
        {
            return null;
        }
    }
}

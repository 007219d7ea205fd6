using System.Globalization;
using System.Runtime.InteropServices;

namespace PiCam.Tests.Fixtures;

/// <summary>Looks at processes through /proc and signals them.</summary>
public static class SystemProcess
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigStop = 19;

    /// <summary>Whether the process runs. A zombie does not: it holds no device any more.</summary>
    public static bool Runs(int id)
    {
        try
        {
            // "pid (name) state …"; the name may hold anything, also a parenthesis.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The running processes that have <paramref name="text"/> among their arguments.</summary>
    public static IReadOnlyList<int> WithArgument(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && CommandLine(id).Contains(text, StringComparison.Ordinal) && Runs(id)),
    ];

    public static void Signal(int id, int signal)
    {
        if (KillNative(id, signal) != 0)
        {
            throw new InvalidOperationException($"Process {id} cannot be signalled: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillNative(int id, int signal);
}

using System.Diagnostics;

namespace PiCam.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class Itself
{
    /// <param name="prepare">What is special about the process.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(Action<ProcessStartInfo> prepare, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Itself).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        prepare(start);
        return Process.Start(start)!;
    }
}

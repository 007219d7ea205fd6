using System.Diagnostics;

namespace PiCam.Tests.Fixtures;

/// <summary>This same test program, run again to do one thing: so that a test can kill it, or give it a disk of its own.</summary>
internal static class OwnProgram
{
    /// <summary>How to run a test that is marked as explicit.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="method">Its name.</param>
    /// <param name="around">A program and its arguments that run it in turn; none: it runs by itself.</param>
    public static ProcessStartInfo Run(Type type, string method, params ReadOnlySpan<string> around)
    {
        // Either its own executable, or dotnet with the assembly.
        var program = Environment.ProcessPath ?? "dotnet";
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, type.Assembly.Location] : [program];
        string[] all = [.. around, .. own, "-method", $"{type.FullName}.{method}", "-explicit", "only", "-noLogo"];
        var start = new ProcessStartInfo(all[0]);
        foreach (var argument in all[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}

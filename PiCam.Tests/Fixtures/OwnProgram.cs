using System.Diagnostics;
using Xunit;

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

    /// <summary>Runs a test that is marked as explicit in mounts of its own, and holds it against the one who asks if it fails.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="method">Its name.</param>
    /// <param name="mount">What bash mounts before it; $0 is the folder.</param>
    /// <param name="folder">Where.</param>
    /// <param name="variable">What its environment says in addition; null: nothing.</param>
    public static async Task RunInMountsAsync(Type type, string method, string mount, string folder, (string Name, string Value)? variable = null)
    {
        var token = TestContext.Current.CancellationToken;
        string[] own = Environment.IsPrivilegedProcess ? ["unshare", "--mount"] : ["unshare", "--mount", "--map-root-user"];
        var start = Run(type, method, [.. own, "bash", "-c", $"{mount} && exec \"$@\"", folder]);
        if (variable is var (name, value))
        {
            start.Environment[name] = value;
        }

        start.RedirectStandardOutput = true;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(token);
        try
        {
            await program.WaitForExitAsync(token);
            Assert.True(program.ExitCode == 0 && (await output).Contains("Total: 1", StringComparison.Ordinal), await output);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs a test that is marked as explicit, and kills it (-9) at a random time after something has happened.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="method">Its name.</param>
    /// <param name="variable">What its environment says in addition.</param>
    /// <param name="happened">Whether it has happened.</param>
    /// <param name="what">What that is.</param>
    /// <param name="most">The longest that it goes on after that.</param>
    /// <param name="limit">How long it is waited for; null: 30 s.</param>
    /// <exception cref="TimeoutException">It did not happen.</exception>
    public static async Task KillAsync(
        Type type, string method, (string Name, string Value) variable, Func<bool> happened, string what, TimeSpan most, TimeSpan? limit = null)
    {
        var token = TestContext.Current.CancellationToken;
        var start = Run(type, method);
        start.Environment[variable.Name] = variable.Value;
        start.RedirectStandardOutput = true;
        using var program = Process.Start(start)!;
        try
        {
            await Eventually.TrueAsync(() => Task.FromResult(happened() || program.HasExited), what, limit ?? TimeSpan.FromSeconds(30), token);
            Assert.False(program.HasExited, $"{type.Name}.{method} has ended by itself.");
            await Task.Delay(Random.Shared.Next((int)most.TotalMilliseconds), token);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(token);
        }
    }
}

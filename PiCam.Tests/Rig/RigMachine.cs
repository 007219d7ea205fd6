using System.Diagnostics;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Rig;

/// <summary>The rig's kernel, booted for one command. <c>./test</c> builds it; without it these tests fail.</summary>
internal static class RigMachine
{
    /// <summary>Runs the explicit tests of a class inside, and fails with their output when one of them does.</summary>
    /// <param name="tests">The class.</param>
    /// <param name="limit">For all of them.</param>
    /// <param name="environment">What the tests get beside the usual, as NAME=VALUE.</param>
    public static async Task RunTestsAsync(Type tests, TimeSpan limit, params IEnumerable<string> environment)
    {
        using var share = new TemporaryFolder();
        var start = new ProcessStartInfo(Path.Combine(SourceTree.Root, "PiCam.Tests", "Rig", "boot.sh"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (IEnumerable<string>)
        [
            "-s", share.Path, "-t", ((int)limit.TotalSeconds).ToString(null, null), "--",
            "env", .. environment, Environment.ProcessPath!, typeof(RigMachine).Assembly.Location,
            "-explicit", "only", "-class", tests.FullName!, "-parallelMode", "none", "-noLogo", "-noColor",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var machine = Process.Start(start) ?? throw new InvalidOperationException("boot.sh does not start.");
        machine.StandardInput.Close();
        var output = machine.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = machine.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await machine.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            machine.Kill(entireProcessTree: true);
            throw;
        }

        var said = await output + await errors;
        TestContext.Current.SendDiagnosticMessage(said);
        Assert.True(machine.ExitCode == 0, $"In the rig, exit code {machine.ExitCode}:\n{said}");

        // Exit code 0 is also what "no test was found" gives.
        Assert.Matches(@"Total: [1-9]", said);
    }
}

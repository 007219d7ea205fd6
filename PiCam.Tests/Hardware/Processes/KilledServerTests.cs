using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Hardware.Processes;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Processes;

/// <summary>kill -9 of the server: its children go with it. This same test program, run again, plays the server.</summary>
public sealed class KilledServerTests
{
    private const string IdFileVariable = "PICAM_TEST_CHILD_ID_FILE";

    [Fact]
    public async Task ServerKilled_ChildThatIgnoresEverything_IsGone()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        using var server = StartServer(folder["id"]);
        var child = 0;
        try
        {
            await Eventually.TrueAsync(() => File.Exists(folder["id"]) || server.HasExited, "the server started its child", token);
            child = int.Parse(await File.ReadAllTextAsync(folder["id"], token), CultureInfo.InvariantCulture);
            Assert.True(SystemProcess.Runs(child));

            server.Kill();
            var killed = Stopwatch.GetTimestamp();

            await Eventually.TrueAsync(() => !SystemProcess.Runs(child), "the child is gone", token);
            Assert.InRange(Stopwatch.GetElapsedTime(killed).TotalSeconds, 0, 2);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            if (child != 0 && SystemProcess.Runs(child))
            {
                SystemProcess.Signal(child, SystemProcess.SigKill);
            }
        }
    }

    /// <summary>Not a test: the server that the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Server()
    {
        var idFile = Environment.GetEnvironmentVariable(IdFileVariable);
        Assert.NotNull(idFile);
        var command = new ChildCommand
        {
            Name = "child",
            Executable = "bash",
            Arguments = ["-c", "trap '' TERM HUP PIPE INT; while :; do echo tick 2>/dev/null; sleep 0.05; done"],
        };
        await using var child = await ChildProcess.StartAsync(
            command, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        var written = idFile + ".part";
        await File.WriteAllTextAsync(written, child.Id.ToString(CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        File.Move(written, idFile);
        await foreach (var read in ReadAllAsync(child))
        {
            Assert.True(read > 0);
            child.Progress();
        }
    }

    private static async IAsyncEnumerable<long> ReadAllAsync(ChildProcess child)
    {
        while (true)
        {
            var result = await child.Output.ReadAsync(TestContext.Current.CancellationToken);
            yield return result.Buffer.Length;
            child.Output.AdvanceTo(result.Buffer.End);
        }
    }

    private static Process StartServer(string idFile)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { RedirectStandardOutput = false };

        // The same program: either its own executable, or dotnet with the assembly.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledServerTests).Assembly.Location);
        }

        foreach (var argument in (string[])["-method", $"{typeof(KilledServerTests).FullName}.{nameof(Server)}", "-explicit", "only", "-noLogo"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[IdFileVariable] = idFile;
        return Process.Start(start) ?? throw new InvalidOperationException("The server does not start.");
    }
}

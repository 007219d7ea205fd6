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
    private const string UnguardedVariable = "PICAM_TEST_CHILD_UNGUARDED";

    [Fact]
    public async Task ServerKilled_ChildThatIgnoresEverything_IsGone()
    {
        using var server = await DoomedServer.StartAsync(guarded: true);

        server.Kill();
        var killed = Stopwatch.GetTimestamp();

        await Eventually.TrueAsync(() => !SystemProcess.Runs(server.Child), "the child is gone", TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(killed).TotalSeconds, 0, 2);
    }

    /// <summary>R6: without setpriv an orphan may hold the camera, until PiCam starts again.</summary>
    [Fact]
    public async Task Sweep_OrphanAndChildOfALivingServer_EndsTheOrphanOnly()
    {
        var token = TestContext.Current.CancellationToken;
        using var dead = await DoomedServer.StartAsync(guarded: false);
        using var living = await DoomedServer.StartAsync(guarded: false);
        var sweep = new OrphanSweep(NullLogger<OrphanSweep>.Instance);
        await sweep.StartingAsync(token);
        Assert.True(SystemProcess.Runs(dead.Child), "Its server lives.");

        dead.Kill();
        Assert.True(SystemProcess.Runs(dead.Child), "Nothing ends it.");
        await sweep.StartingAsync(token);

        Assert.False(SystemProcess.Runs(dead.Child));
        Assert.True(SystemProcess.Runs(living.Child));
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
        var setpriv = Environment.GetEnvironmentVariable(UnguardedVariable) is null ? SearchPath.Find("setpriv") : null;
        await using var child = await ChildProcess.StartAsync(
            command, setpriv, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
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

    /// <summary>This same test program, run again with the method above, and the child that it has started.</summary>
    private sealed class DoomedServer : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly Process process;

        private DoomedServer(bool guarded)
        {
            var start = OwnProgram.Run(typeof(KilledServerTests), nameof(Server));
            start.Environment[IdFileVariable] = folder["id"];
            start.Environment[UnguardedVariable] = guarded ? null : "1";
            process = Process.Start(start) ?? throw new InvalidOperationException("The server does not start.");
        }

        public int Child { get; private set; }

        public static async Task<DoomedServer> StartAsync(bool guarded)
        {
            var server = new DoomedServer(guarded);
            try
            {
                var token = TestContext.Current.CancellationToken;
                await Eventually.TrueAsync(() => File.Exists(server.folder["id"]) || server.process.HasExited, "the server started its child", token);
                server.Child = int.Parse(await File.ReadAllTextAsync(server.folder["id"], token), CultureInfo.InvariantCulture);
                Assert.True(SystemProcess.Runs(server.Child));
                return server;
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }

        /// <summary>SIGKILL, and waits for its end.</summary>
        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            if (Child != 0 && SystemProcess.Runs(Child))
            {
                SystemProcess.Signal(Child, SystemProcess.SigKill);
            }

            folder.Dispose();
        }
    }
}

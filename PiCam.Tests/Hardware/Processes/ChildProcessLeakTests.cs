using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Hardware.Processes;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Processes;

[Collection(AloneCollection.Name)]
public sealed class ChildProcessLeakTests
{
    [Fact]
    public async Task DisposeAsync_ManyStartsAndStops_LeaveNoProcessDescriptorOrThread()
    {
        var token = TestContext.Current.CancellationToken;
        var mark = $"picam-leak-{Guid.NewGuid():N}";
        await StartAndStopAsync(mark, token);
        var descriptors = Descriptors();
        var threads = Threads();

        for (var i = 0; i < LongRun.Count(100); i++)
        {
            await StartAndStopAsync(mark, token);
        }

        await Eventually.TrueAsync(() => SystemProcess.WithArgument(mark).Count == 0, "no process left", token);
        await Eventually.TrueAsync(() => Descriptors() <= descriptors + 5, "descriptors closed", token);
        await Eventually.TrueAsync(() => Threads() <= threads + 5, "threads ended", token);
    }

    private static async Task StartAndStopAsync(string mark, CancellationToken token)
    {
        var command = new ChildCommand { Name = "child", Executable = "bash", Arguments = ["-c", "while :; do echo tick; sleep 0.01; done", mark] };
        await using var child = await ChildProcess.StartAsync(command, TimeProvider.System, NullLogger.Instance, token);
        var read = await child.Output.ReadAsync(token);
        child.Output.AdvanceTo(read.Buffer.End);
        Assert.NotEmpty(SystemProcess.WithArgument(mark));
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }
}

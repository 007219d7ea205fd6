using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core;
using PiCam.Hardware.Processes;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Processes;

/// <summary>Real processes; bash plays the child.</summary>
public sealed class ChildProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ended_ExitCode_SaysItWithTheLastErrorLine()
    {
        await using var child = await StartAsync("printf hello; echo first >&2; echo 'the reason' >&2; exit 3");

        Assert.Equal("hello", await ReadToEndAsync(child.Output));
        Assert.Equal("child ended with exit code 3: the reason", await child.Ended.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(["first", "the reason"], child.LastErrors);
    }

    [Fact]
    public async Task Ended_KilledFromOutside_NamesTheSignal()
    {
        await using var child = await StartAsync("exec sleep 1000");

        SystemProcess.Signal(child.Id, SystemProcess.SigKill);

        Assert.Equal("child was ended by signal 9", await child.Ended.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task S1_StartAsync_ArgumentsThatAShellWouldRead_ArriveByteForByte()
    {
        using var folder = new TemporaryFolder();
        string[] arguments =
        [
            $"$(touch {folder["canary"]})", $"`touch {folder["canary"]}`", $"; touch {folder["canary"]}", "-v", "--", "", "a  b",
            "\"", "'", "\\", "%s%n", "line\nbreak", "ünïcode ✓", "*", "~",
        ];

        await using var child = await StartAsync(Command("printf '%s\\0' \"$@\"") with
        {
            Arguments = ["-c", "printf '%s\\0' \"$@\"", "bash", .. arguments],
        });

        Assert.Equal(arguments, (await ReadToEndAsync(child.Output)).Split('\0')[..^1]);
        Assert.False(File.Exists(folder["canary"]));
    }

    [Fact]
    public async Task StartAsync_NoSuchProgram_NamesIt()
    {
        var lost = await Assert.ThrowsAsync<ChildStartException>(() => StartAsync(Command("") with { Executable = "picam-no-such" }));

        Assert.Equal("child is not installed: there is no program picam-no-such", lost.Message);
    }

    [Fact]
    public async Task StartAsync_NoSetpriv_RunsTheChildAllTheSame()
    {
        await using var child = await ChildProcess.StartAsync(Command("echo up"), null, TimeProvider.System, NullLogger.Instance, Token);

        Assert.Equal("up\n", await ReadToEndAsync(child.Output));
    }

    [Fact]
    public async Task StartAsync_ItsThreadEnds_ChildLivesOn()
    {
        // PR_SET_PDEATHSIG fires when the thread that forked ends, not the process. The collections below take their time on a
        // busy machine, and this child never says that it is ready.
        var started = new TaskCompletionSource<ChildProcess>();
        var thread = new Thread(() =>
        {
            var start = StartAsync(Command("exec cat") with { WritesInput = true, ReadyTimeout = TimeSpan.FromMinutes(5) });
            start.GetAwaiter().OnCompleted(() => started.SetFromTask(start));
        });
        thread.Start();
        thread.Join();
        await using var child = await started.Task;

        for (var i = 0; i < 20; i++)
        {
            await child.Input.WriteAsync("ping\n"u8.ToArray(), Token);
            await child.Input.FlushAsync(Token);
            var answer = await child.Output.ReadAtLeastAsync(5, Token);
            Assert.Equal("ping\n", Encoding.UTF8.GetString(answer.Buffer.ToArray()));
            child.Output.AdvanceTo(answer.Buffer.End);
            GC.Collect();
        }

        Assert.True(SystemProcess.Runs(child.Id));
    }

    [Fact]
    public async Task Output_FloodOfErrorsWithoutALineEnd_IsDrained()
    {
        await using var child = await StartAsync("head -c 50000000 /dev/zero | tr '\\0' x >&2; echo done");

        Assert.Equal("done\n", await ReadToEndAsync(child.Output));
        _ = await child.Ended;
        Assert.Equal(LastLines.MaximumLength, Assert.Single(child.LastErrors).Length);
    }

    [Fact]
    public async Task Output_GrandchildHoldsThePipe_EndsWithTheChild()
    {
        await using var child = await StartAsync("sleep 1000 & echo $!");

        var text = await ReadToEndAsync(child.Output);
        var grandchild = int.Parse(text, CultureInfo.InvariantCulture);

        Assert.Equal("child ended by itself", await child.Ended.WaitAsync(TimeSpan.FromSeconds(30), Token));
        SystemProcess.Signal(grandchild, SystemProcess.SigKill);
    }

    [Fact]
    public async Task StopAsync_PoliteChild_MayFinishItsWork()
    {
        using var folder = new TemporaryFolder();
        await using var child = await StartAsync($"trap 'echo bye > {folder["bye"]}; exit 0' TERM; echo up; while :; do read -t 1 -u 1; done");
        await WaitForLineAsync(child);

        await child.StopAsync();

        Assert.Equal("bye\n", await File.ReadAllTextAsync(folder["bye"], Token));
        Assert.Equal("child was stopped", await child.Ended);
    }

    [Fact]
    public async Task StopAsync_ChildIgnoresTerm_KillsTheWholeTreeAfterTwoSeconds()
    {
        var time = new FakeTimeProvider();
        await using var child = await StartAsync(Command("trap '' TERM; sleep 1000 & echo $!; while :; do wait; done"), time);
        var grandchild = int.Parse(await WaitForLineAsync(child), CultureInfo.InvariantCulture);

        var stop = child.StopAsync();
        time.Advance(TimeSpan.FromSeconds(1.9));
        await Task.Delay(100, Token);
        Assert.False(stop.IsCompleted);
        Assert.True(SystemProcess.Runs(child.Id));

        time.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.TrueAsync(() => !SystemProcess.Runs(child.Id) && !SystemProcess.Runs(grandchild), "both gone", Token);
        await AdvanceUntilAsync(time, stop);
        Assert.Equal("child was stopped", await child.Ended);
    }

    [Fact]
    public async Task Watchdog_ChildStoppedBySignal_KillsItAndSaysSo()
    {
        await using var child = await StartAsync("while :; do echo tick; sleep 0.1; done");
        for (var i = 0; i < 3; i++)
        {
            await WaitForLineAsync(child);
            child.Progress();
        }

        SystemProcess.Signal(child.Id, SystemProcess.SigStop);

        Assert.Equal("child gave nothing for 3 s and was ended", await child.Ended.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.False(SystemProcess.Runs(child.Id));
    }

    [Fact]
    public async Task Watchdog_LongFrameTime_GivesNoFalseAlarm()
    {
        var time = new FakeTimeProvider();
        await using var child = await StartAsync(Command("exec sleep 1000") with { StallLimit = () => TimeSpan.FromSeconds(18) }, time);

        // One frame every 6 s, the last one 17 s late.
        foreach (var gap in (double[])[6, 6, 6, 17])
        {
            child.Progress();
            for (var waited = 0.0; waited < gap; waited += 0.5)
            {
                time.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Yield();
            }
        }

        await Task.Delay(100, Token);
        Assert.True(SystemProcess.Runs(child.Id));
        Assert.False(child.Ended.IsCompleted);

        await AdvanceUntilAsync(time, child.Ended);
        Assert.Equal("child gave nothing for 18 s and was ended", await child.Ended);
    }

    [Fact]
    public async Task Watchdog_NothingEver_EndsAfterTheReadyTimeout()
    {
        var time = new FakeTimeProvider();
        await using var child = await StartAsync(Command("exec sleep 1000") with { ReadyTimeout = TimeSpan.FromSeconds(7) }, time);

        time.Advance(TimeSpan.FromSeconds(6.9));
        await Task.Delay(100, Token);
        Assert.False(child.Ended.IsCompleted);

        await AdvanceUntilAsync(time, child.Ended);
        Assert.Equal("child gave nothing within 7 s of its start and was ended", await child.Ended);
    }

    [Fact]
    public async Task Ended_ExitsAtOnceAgainAndAgain_AtMostEightStartsInAMinuteAndAReason()
    {
        var time = new FakeTimeProvider();
        var began = time.GetTimestamp();
        var backoff = new Backoff(new Random(1));
        var starts = 0;

        while (time.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            await using var child = await StartAsync(Command("echo 'no camera here' >&2; exit 1"), time);
            starts++;
            Assert.Equal("child ended with exit code 1: no camera here", await child.Ended);
            backoff.ReportHealthy(TimeSpan.Zero);
            time.Advance(backoff.Next());
        }

        Assert.InRange(starts, 6, 8);
    }

    private static ChildCommand Command(string script) =>
        new() { Name = "child", Executable = "bash", Arguments = ["-c", script] };

    private static Task<ChildProcess> StartAsync(string script) => StartAsync(Command(script));

    private static Task<ChildProcess> StartAsync(ChildCommand command, TimeProvider? time = null) =>
        ChildProcess.StartAsync(command, time ?? TimeProvider.System, NullLogger.Instance, Token);

    private static async Task<string> ReadToEndAsync(PipeReader reader)
    {
        var text = new StringBuilder();
        while (true)
        {
            var result = await reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            text.Append(Encoding.UTF8.GetString(result.Buffer.ToArray()));
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled)
            {
                return text.ToString();
            }
        }
    }

    private static async Task<string> WaitForLineAsync(ChildProcess child)
    {
        while (true)
        {
            var result = await child.Output.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.False(result.IsCompleted, "The child ended early.");
            var text = Encoding.UTF8.GetString(result.Buffer.ToArray());
            if (text.Contains('\n', StringComparison.Ordinal))
            {
                child.Output.AdvanceTo(result.Buffer.End);
                return text.Trim();
            }

            child.Output.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task) =>
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return task.IsCompleted;
            },
            "ended",
            Token);
}

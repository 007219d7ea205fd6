using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace PiCam.Hardware.Processes;

/// <summary>
/// One run of one child process: its output as a <see cref="PipeReader"/>, its standard error always drained, a watchdog
/// over its progress, and an end that leaves nothing behind, even when PiCam itself is killed. Starting it again is the
/// caller's business.
/// </summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    // A dead child's grandchildren may hold its pipes open; after this nobody waits for end of file any more.
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(1);

    // SIGKILL works at once, except on a process in uninterruptible sleep (a hung device).
    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly ChildCommand command;
    private readonly Process process;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly LastLines errors;
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenSource disposing = new();
    private readonly Task exited;
    private readonly Task drained;
    private readonly Task released;
    private readonly Lock gate = new();
    private Task? stopping;
    private string? verdict;
    private long lastProgress;
    private bool ready;

    private ChildProcess(ChildCommand command, Process process, TimeProvider time, ILogger logger)
    {
        this.command = command;
        this.process = process;
        this.time = time;
        this.logger = logger;
        errors = new LastLines(command.TakesLine);
        Id = process.Id;
        lastProgress = time.GetTimestamp();
        Output = PipeReader.Create(process.StandardOutput.BaseStream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024));
        exited = process.WaitForExitAsync(CancellationToken.None);
        drained = DrainErrorsAsync();
        Ended = SuperviseAsync();
        released = ReleaseOutputAsync();
    }

    /// <summary>The system's process id; of the child itself, not of setpriv, which replaces itself by the child.</summary>
    public int Id { get; }

    /// <summary>The child's standard output. A cancelled read means that it is over although some grandchild still holds the pipe.</summary>
    public PipeReader Output { get; }

    /// <summary>The child's standard input.</summary>
    /// <exception cref="InvalidOperationException">The command does not say <see cref="ChildCommand.WritesInput"/>.</exception>
    public Stream Input => command.WritesInput
        ? process.StandardInput.BaseStream
        : throw new InvalidOperationException($"{command.Name} has no input.");

    /// <summary>Ends when the process has, with the reason as one clause without a full stop. Never faults.</summary>
    public Task<string> Ended { get; }

    /// <summary>Once <see cref="Ended"/> has: what the child returned, or 128 + the signal that ended it; null if it does not end.</summary>
    public int? ExitCode => exited.IsCompleted ? process.ExitCode : null;

    /// <summary>What the child last said on its standard error, oldest first; a few lines only.</summary>
    public IReadOnlyList<string> LastErrors => [.. errors.Lines.Select(command.WithoutSecrets)];

    /// <summary>Starts a child.</summary>
    /// <exception cref="ChildStartException">There is no such program, or the system refused to start it.</exception>
    public static Task<ChildProcess> StartAsync(ChildCommand command, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        StartAsync(command, SearchPath.Find("setpriv"), time, logger, cancellationToken);

    internal static async Task<ChildProcess> StartAsync(
        ChildCommand command, string? setpriv, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var executable = SearchPath.Find(command.Executable)
            ?? throw new ChildStartException($"{command.Name} is not installed: there is no program {command.Executable}");
        string[] line = [.. ChildSurroundings.For(command, setpriv), executable, .. command.Arguments];
        var startInfo = new ProcessStartInfo(line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (setpriv is null)
        {
            LogUnguarded(logger, command.Name);
        }

        foreach (var argument in line[1..])
        {
            startInfo.ArgumentList.Add(argument);
        }

        startInfo.Environment[ParentMark.Variable] = ParentMark.Own;

        try
        {
            // Not cancellable from here: a process that was started must reach an owner.
            var process = await ForkThread.StartAsync(startInfo).ConfigureAwait(false);
            if (!command.WritesInput)
            {
                process.StandardInput.Close();
            }

            LogStarted(logger, command.Name, process.Id);
            return new ChildProcess(command, process, time, logger);
        }
        catch (Win32Exception exception)
        {
            throw new ChildStartException($"{command.Name} cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Tells the watchdog that the child delivered something. Called by the reader for every frame.</summary>
    public void Progress()
    {
        Volatile.Write(ref lastProgress, time.GetTimestamp());
        Volatile.Write(ref ready, true);
    }

    /// <summary>Asks the child to end (end of input, SIGTERM), kills its whole tree after the grace time, and returns when it is gone.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            return stopping ??= StopOnceAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await disposing.CancelAsync().ConfigureAwait(false);
        await released.ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);

        // Process leaves a reader open that was handed out.
        process.StandardError.Dispose();
        process.Dispose();
        over.Dispose();
        disposing.Dispose();
    }

    private async Task StopOnceAsync()
    {
        if (!exited.IsCompleted && Judge($"{command.Name} was stopped"))
        {
            CloseInput();

            // The process may end, and be reaped, just before this line; process ids are handed out in rising order, so
            // the id does not belong to anybody else yet.
            _ = Kill(Id, SigTerm);
            if (!await ExitsWithinAsync(command.StopGrace).ConfigureAwait(false))
            {
                LogIgnoredTerm(logger, command.Name, Id, command.StopGrace.TotalSeconds);
                KillTree();
            }
        }

        await Ended.ConfigureAwait(false);
    }

    private async Task<string> SuperviseAsync()
    {
        while (!exited.IsCompleted)
        {
            var isReady = Volatile.Read(ref ready);
            var limit = isReady ? command.StallLimit() : command.ReadyTimeout;
            var left = limit - time.GetElapsedTime(Volatile.Read(ref lastProgress));
            if (left > TimeSpan.Zero)
            {
                await ExitsWithinAsync(left < WatchInterval ? left : WatchInterval).ConfigureAwait(false);
                continue;
            }

            // A stopped or hung process does not answer a SIGTERM: no grace.
            Judge(isReady
                ? string.Create(null, $"{command.Name} gave nothing for {limit.TotalSeconds:0.#} s and was ended")
                : string.Create(null, $"{command.Name} gave nothing within {limit.TotalSeconds:0.#} s of its start and was ended"));
            KillTree();
            await ExitsWithinAsync(KillGrace).ConfigureAwait(false);
            break;
        }

        await Task.WhenAny(drained, Task.Delay(DrainGrace, time)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await drained.ConfigureAwait(false);
        var reason = Reason();
        LogEnded(logger, Id, reason);
        return reason;
    }

    /// <summary>The first to judge says why the child ends.</summary>
    private bool Judge(string text) => Interlocked.CompareExchange(ref verdict, text, null) is null;

    private async Task<bool> ExitsWithinAsync(TimeSpan limit)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        await Task.WhenAny(exited, Task.Delay(limit, time, answered.Token)).ConfigureAwait(false);
        await answered.CancelAsync().ConfigureAwait(false);
        return exited.IsCompleted;
    }

    private async Task DrainErrorsAsync()
    {
        var buffer = new char[1024];
        try
        {
            int count;
            while ((count = await process.StandardError.ReadAsync(buffer, over.Token).ConfigureAwait(false)) > 0)
            {
                errors.Append(buffer.AsSpan(0, count));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The child is gone; only a grandchild holds the pipe.
        }
        catch (IOException exception)
        {
            LogErrorsLost(logger, exception, command.Name, Id);
        }
    }

    private async Task ReleaseOutputAsync()
    {
        await Ended.ConfigureAwait(false);
        await Task.WhenAny(Task.Delay(DrainGrace, time, disposing.Token)).ConfigureAwait(false);
        Output.CancelPendingRead();
    }

    private string Reason()
    {
        if (!exited.IsCompleted)
        {
            return $"{verdict}, but process {Id} does not end";
        }

        if (verdict is not null)
        {
            return verdict;
        }

        // .NET reports a signal as 128 + its number, as shells do.
        var how = process.ExitCode switch
        {
            0 => "ended by itself",
            > 128 and <= 128 + 64 => $"was ended by signal {process.ExitCode - 128}",
            _ => $"ended with exit code {process.ExitCode}",
        };
        return LastErrors is [.., var last] ? $"{command.Name} {how}: {last}" : $"{command.Name} {how}";
    }

    private void CloseInput()
    {
        try
        {
            // The stream, not the writer: whatever is still unsent is not waited for.
            process.StandardInput.BaseStream.Dispose();
        }
        catch (IOException)
        {
            // The child has closed its end, which is all that was wanted.
        }
    }

    private void KillTree()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in this instant.
        }
        catch (Exception exception) when (exception is AggregateException or Win32Exception)
        {
            LogKillFailed(logger, exception, command.Name, Id);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}

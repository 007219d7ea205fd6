using System.Collections.Concurrent;
using System.Diagnostics;

namespace PiCam.Hardware.Processes;

/// <summary>
/// The one thread that starts all children, and never ends. The kernel sends a child its PR_SET_PDEATHSIG when the
/// <em>thread</em> that forked it ends (prctl(2)): forked from a pool thread, a camera would be shot whenever the pool shrinks.
/// </summary>
internal static class ForkThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    /// <summary>Starts <paramref name="startInfo"/> from the thread that never ends.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo startInfo)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() => Start(startInfo, started));
        return started.Task;
    }

    private static void Start(ProcessStartInfo startInfo, TaskCompletionSource<Process> started)
    {
        try
        {
            started.SetResult(Process.Start(startInfo) ?? throw new InvalidOperationException("No process was started."));
        }
#pragma warning disable CA1031 // Whatever it is belongs to the caller; here it would end the thread, and with it every child.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            started.SetException(exception);
        }
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        { IsBackground = true, Name = "PiCam fork" }.Start();
        return work;
    }
}

using System.Threading.Tasks.Sources;

namespace PiCam.Core.Frames;

/// <summary>
/// One reader's wait for the next picture of a hub. The reader uses the same one for each wait, so that waiting, thirty times a second for every
/// viewer, allocates nothing.
/// </summary>
/// <param name="forget">Has the hub forget it; false: it has been told of a picture already.</param>
internal sealed class Arrival(Func<Arrival, bool> forget) : IValueTaskSource
{
    // Continuations run elsewhere: a reader's work must never run on the capture loop's thread.
    private ManualResetValueTaskSourceCore<bool> source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration cancellation;

    /// <summary>Makes it ready for the next wait. Under the hub's lock, before the hub has it.</summary>
    public void Reset() => source.Reset();

    /// <summary>Waits. The hub has it by now; to be awaited once, at once.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((Arrival)state!).Cancel(token), this);
        return new ValueTask(this, source.Version);
    }

    /// <summary>A picture is there. Whoever took it from the hub says so, and nobody else.</summary>
    public void Set() => source.SetResult(true);

    public void GetResult(short token)
    {
        // Waits for a cancellation that is under way: it must not hit the next wait.
        cancellation.Dispose();
        source.GetResult(token);
    }

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (forget(this))
        {
            source.SetException(new OperationCanceledException(cancellationToken));
        }
    }
}

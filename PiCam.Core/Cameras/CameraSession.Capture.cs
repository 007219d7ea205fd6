using PiCam.Core.Access;
using PiCam.Core.Frames;

namespace PiCam.Core.Cameras;

/// <content>Single pictures beside the stream.</content>
public sealed partial class CameraSession
{
    // Lets those who wait in as they came.
    private readonly SemaphoreSlim oneCapture = new(1, 1);

    // A program that rested is started for it.
    private static readonly TimeSpan FirstFrame = TimeSpan.FromSeconds(15);
    private CameraRun? running;
    private Reason? whyEnded;
    private TaskCompletionSource? moved;

    /// <summary>
    /// Takes one picture, as large as the camera can, beside the live stream and also while nobody watches; every change that was
    /// made before is in force in it. One at a time: others wait, in the order they came.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="request">What picture.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture with metadata of its own, as the camera gave it: the page's part of the turning is not in it.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The camera cannot take such a picture.</exception>
    /// <exception cref="CameraLostException">The camera is not live, or was lost meanwhile; the reason says why.</exception>
    /// <exception cref="StillFailedException">The camera lives, and did not take it.</exception>
    public async Task<Frame> CaptureAsync(Caller caller, StillRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        caller.Demand(Permission.Capture);
        await oneCapture.WaitAsync(cancellationToken).ConfigureAwait(false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var run = Enter(request, done.Task);
            Changed?.Invoke();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Over);
            try
            {
                await PrepareAsync(run, request.WarmUp, either.Token).ConfigureAwait(false);
                var frame = await run.Stream.CaptureAsync(request, either.Token).ConfigureAwait(false);
                run.Over.ThrowIfCancellationRequested();

                // It is switched off in two steps, and no picture leaves after the first one.
                return privacy.State.IsOn ? throw new CameraLostException(CameraLoss.Private) : frame;
            }
            catch (OperationCanceledException) when (run.Over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new CameraLostException(run.Why!);
            }
        }
        finally
        {
            done.SetResult();
            oneCapture.Release();
            Changed?.Invoke();
        }
    }

    /// <summary>What the newest frame says once automatic exposure has settled, also while nobody watches.</summary>
    /// <param name="longest">How long to wait for that at most; a camera that does not say whether it has is waited for this long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CameraLostException">The camera is not live, or was lost meanwhile; the reason says why.</exception>
    public async Task<FrameMetadata> SettleAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        CameraRun run;
        FrameMetadata? before;
        lock (gate)
        {
            (run, before) = (Live(), actual);
        }

        // A camera that rests while nobody watches says what it used before it did, until it has given a frame.
        using var lease = Frames.Subscribe();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Over);
        try
        {
            await SettleAsync(Desired().Version, longest, either.Token).ConfigureAwait(false);
            await WhenAsync(() => !ReferenceEquals(actual, before), either.Token).WaitAsync(FirstFrame, time, either.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new CameraLostException(CameraLoss.NoPictureYet);
        }
        catch (OperationCanceledException) when (run.Over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CameraLostException(run.Why!);
        }

        lock (gate)
        {
            return actual ?? throw new CameraLostException(CameraLoss.NoPictureYet);
        }
    }

    /// <summary>Call under the lock.</summary>
    private CameraRun Live()
    {
        if (privacy.State.IsOn)
        {
            throw new CameraLostException(CameraLoss.Private);
        }

        return running is { } run && condition == CameraCondition.Live
            ? run
            : throw new CameraLostException(reason ?? whyEnded ?? CameraLoss.NotStarted);
    }

    private CameraRun Enter(StillRequest request, Task done)
    {
        lock (gate)
        {
            var run = Live();
            var errors = request.Check(run.Stream.Capabilities);
            if (errors.Count > 0)
            {
                throw new InvalidValueException(errors);
            }

            run.Capturing = done;
            return run;
        }
    }

    private async Task PrepareAsync(CameraRun run, TimeSpan? warmUp, CancellationToken cancellationToken)
    {
        var wanted = Desired().Version;
        await WhenAsync(() => run.Applied >= wanted, cancellationToken).ConfigureAwait(false);
        if (warmUp is { } longest)
        {
            await SettleAsync(wanted, longest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SettleAsync(long wanted, TimeSpan longest, CancellationToken cancellationToken)
    {
        // A camera that rests while nobody watches would never settle.
        using var lease = Frames.Subscribe();
        using var waiting = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        FrameMetadata? before;
        lock (gate)
        {
            before = actual;
        }

        try
        {
            await WhenAsync(
                () => actual is { AeLocked: true } seen && seen.ControlsVersion >= wanted && !ReferenceEquals(seen, before), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Long enough: the picture is as well exposed as the light lets it be.
        }
    }

    /// <summary>Returns when a condition, which is looked at under the lock, holds.</summary>
    private async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (condition())
                {
                    return;
                }

                next = (moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Call under the lock, when something happened that somebody may wait for.</summary>
    private void Move()
    {
        moved?.SetResult();
        moved = null;
    }

    private void Begin(CameraRun run)
    {
        lock (gate)
        {
            (running, whyEnded) = (run, null);
        }
    }

    /// <summary>Nobody takes a picture from here on, and who does learns why it comes to nothing.</summary>
    private async Task FinishAsync(CameraRun run, Task ended)
    {
        Task capturing;
        lock (gate)
        {
            running = null;
            run.Why = whyEnded = ended.Exception?.InnerException switch
            {
                CameraLostException lost => lost.Reason,
                { } failure => CameraLoss.Failed(failure.Message),
                null => privacy.State.IsOn ? CameraLoss.Private : CameraLoss.Restarting,
            };
            capturing = run.Capturing;
        }

        await run.EndAsync().ConfigureAwait(false);
        await capturing.ConfigureAwait(false);
    }
}

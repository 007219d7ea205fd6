using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Sequences;

/// <summary>One sequence, from the button to its last picture in the library.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Who stops a sequence may come after its end; a source without timer and wait handle holds nothing.")]
internal sealed partial class SequenceRun
{
    /// <summary>What may wait for the disk: some 300 pictures of 720p, and an eighth of the memory of the smallest Pi that PiCam runs on.</summary>
    internal const long MostWaitingBytes = 64 << 20;

    // picamera's recipe for consistent pictures waits as long for automatic exposure.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly CameraSession camera;
    private readonly PictureKeeper keeper;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Caller caller;
    private readonly SequenceRequest request;
    private readonly NameTemplate name;
    private readonly Action changed;

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private SequenceState state;
    private long began;

    public SequenceRun(
        CameraSession camera, PictureKeeper keeper, TimeProvider time, ILogger logger, Caller caller, SequenceRequest request, Action changed)
    {
        this.camera = camera;
        this.keeper = keeper;
        this.time = time;
        this.logger = logger;
        this.caller = caller;
        this.request = request;
        this.changed = changed;
        name = NameTemplate.Parse(request.Name);
        var now = time.GetUtcNow();
        state = new SequenceState
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            Request = request,
            By = caller.Name,
            StartedAt = now,
            Phase = request.Still.SelfTimer > TimeSpan.Zero ? SequencePhase.Waiting : SequencePhase.Taking,
            Until = request.Still.SelfTimer > TimeSpan.Zero ? now + request.Still.SelfTimer : null,
        };
    }

    public SequenceState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Ends with the sequence; never fails.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether somebody wants it to end.</summary>
    private bool IsStopped => stopping.IsCancellationRequested;

    public void Begin() => _ = Task.Run(RunAsync, CancellationToken.None);

    public void Stop() => stopping.Cancel();

    private async Task RunAsync()
    {
        Reason? why = null;
        changed();
        try
        {
            if (request.Still.SelfTimer > TimeSpan.Zero)
            {
                await Task.Delay(request.Still.SelfTimer, time, stopping.Token).ConfigureAwait(false);
                Change(s => s with { Phase = SequencePhase.Taking, Until = null });
            }

            began = time.GetTimestamp();
            await (request.IsOfStream ? TakeStreamAsync() : TakeStillsAsync()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsStopped)
        {
            // Stopped before the next picture.
        }
        catch (ReasonException failed)
        {
            why = failed.Reason;
        }
#pragma warning disable CA1031 // Whatever went wrong, the person who asked is told, and the next sequence can be taken.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            why = SequenceFault.Failed(unexpected.Message);
        }

        Change(s => s with
        {
            Phase = why is not null ? SequencePhase.Failed : s.Kept == request.Count ? SequencePhase.Done : SequencePhase.Stopped,
            Lost = s.Taken - s.Kept,
            Until = null,
            TimeLeft = null,
            EndedAt = time.GetUtcNow(),
            Reason = why,
        });
        ended.SetResult();
    }

    /// <summary>Every frame from now on, whatever the disk does meanwhile.</summary>
    private async Task TakeStreamAsync()
    {
        Reason? gone = null;
        var dropped = camera.State.DroppedFrames;
        using var queue = camera.Frames.Queue(request.Count, MostWaitingBytes);
        await using var stop = stopping.Token.Register(queue.Complete).ConfigureAwait(false);
        camera.Changed += Look;
        var counting = CountAsync(queue, dropped);
        try
        {
            Look();
            await foreach (var frame in queue.ReadAllAsync().ConfigureAwait(false))
            {
                await KeepAsync(frame, null).ConfigureAwait(false);
            }
        }
        finally
        {
            camera.Changed -= Look;
            queue.Complete();
            await counting.ConfigureAwait(false);
        }

        if (gone is not null && queue.Taken < request.Count)
        {
            throw new CameraLostException(gone);
        }

        // A camera that is lost gives no more frames, and nobody would be told so by the queue.
        void Look()
        {
            if (camera.State is { Condition: not CameraCondition.Live } seen)
            {
                gone ??= seen.Reason ?? CameraLoss.Restarting;
                queue.Complete();
            }
        }
    }

    /// <summary>What was taken and skipped, as long as frames are let in.</summary>
    private async Task CountAsync(FrameQueue queue, long droppedBefore)
    {
        camera.Changed += Count;
        await queue.Filled.ConfigureAwait(false);
        camera.Changed -= Count;
        Count();
        Change(s => s with { Phase = SequencePhase.Keeping });

        void Count()
        {
            // What the camera's own reader was too slow for is missing as well.
            var dropped = Math.Max(0, camera.State.DroppedFrames - droppedBefore);
            Change(s => s with { Taken = (int)queue.Taken, Skipped = queue.Lost + dropped });
        }
    }

    private async Task TakeStillsAsync()
    {
        // Without a lease, the camera of a page that has been closed would go to sleep between two pictures.
        using var lease = camera.Frames.Subscribe();
        FrameMetadata? before = null;
        if (request.Kind != SequenceKind.Burst)
        {
            before = await camera.SettleAsync(
                request.Still.WarmUp > TimeSpan.Zero ? request.Still.WarmUp : Settling, stopping.Token).ConfigureAwait(false);
            var steps = Steps(before);
            Change(s => s with { Steps = steps });
        }

        Task keeping = Task.CompletedTask;
        try
        {
            for (var i = 0; i < request.Count; i++)
            {
                var loan = before is null ? null : State.Steps[i].Loan;
                var still = request.Still.For(camera.State.Capabilities) with { Loan = loan };
                var frame = await camera.CaptureAsync(
                    caller, i == 0 && before is null ? still : still with { WarmUp = null }, stopping.Token).ConfigureAwait(false);
                Change(s => s with { Taken = s.Taken + 1, Phase = s.Taken + 1 == request.Count ? SequencePhase.Keeping : s.Phase });

                // One is being kept while the next one is being taken.
                await keeping.ConfigureAwait(false);
                keeping = KeepStepAsync(frame, loan, before, i);
            }
        }
        finally
        {
            await keeping.ConfigureAwait(false);
        }
    }

    private IReadOnlyList<SequenceStep> Steps(FrameMetadata before)
    {
        var seen = camera.State;
        return request.Kind == SequenceKind.Bracket
            ? SequenceSteps.Bracket(request.Count, request.Step, seen.Asked, before, seen.Capabilities!)
            : SequenceSteps.Focus(request.Count, request.From, request.To, seen.Asked, before, seen.Capabilities!);
    }

    private async Task KeepStepAsync(Frame frame, StillLoan? loan, FrameMetadata? before, int index)
    {
        var item = await KeepAsync(frame, loan).ConfigureAwait(false);
        if (before is not null)
        {
            Change(s =>
            {
                var step = s.Steps[index];
                var reached = step.Stops is null ? null : SequenceSteps.Stops(before, frame.Metadata) ?? step.ReachedStops;
                return s with { Steps = [.. s.Steps.Take(index), step with { MediaId = item.Id, ReachedStops = reached }, .. s.Steps.Skip(index + 1)] };
            });
        }
    }

    private async Task<MediaItem> KeepAsync(Frame frame, StillLoan? loan)
    {
        var takenAt = time.GetLocalNow() - time.GetElapsedTime(frame.CapturedAt);
        var (id, number) = (State.Id, State.Kept + 1);
        var kind = request.Kind switch
        {
            SequenceKind.Bracket => MediaKind.Bracket,
            SequenceKind.Focus => MediaKind.Focus,
            _ => MediaKind.Burst,
        };
        var values = new NameValues(keeper.CameraName, request.Kind.ToString(), takenAt, number);
        var media = new NewMedia(kind, name.Fill(values)) { TakenAt = takenAt, Sequence = id };
        var wishes = new PictureWishes
        {
            Stamp = request.Still.Stamp,
            Description = request.Still.Description,
            Counter = number,
            Quality = request.Still.Quality,
        };
        var item = await keeper.KeepAsync(caller, frame, media, loan, wishes).ConfigureAwait(false);
        Change(s => s with
        {
            Taken = Math.Max(s.Taken, number),
            Kept = number,
            TimeLeft = time.GetElapsedTime(began) / number * (request.Count - number),
        });
        return item;
    }

    private void Change(Func<SequenceState, SequenceState> change)
    {
        lock (gate)
        {
            state = change(state);
        }

        changed();
    }

    [LoggerMessage(LogLevel.Error, "A sequence failed")]
    private partial void LogFailed(Exception exception);
}

using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Libcamera;

/// <content>Stills, for which the helper reads the whole sensor between two pieces of the live stream.</content>
internal sealed partial class LibcameraStream
{
    // How long the helper waits for the picture beside three of its exposures, and how much longer its answer may take: then it
    // has gone back to the live stream.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WayBack = TimeSpan.FromSeconds(5);

    // Those that are not answered yet, by the command's id; guarded by the gate. One that was given up stays: the helper is still at it.
    private readonly Dictionary<long, PendingStill> stills = [];

    public async Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await GivenUpAsync(cancellationToken).ConfigureAwait(false);
        CameraControls controls;
        lock (gate)
        {
            controls = request.On(inForce.Controls);
        }

        var (patience, capabilities) = (StillPatience(controls), Capabilities);
        var command = LibcameraRequest.Still(request, capabilities, patience);
        command["controls"] = LibcameraRequest.StillControls(controls, request.Size ?? capabilities.StillSize!.Value, capabilities, offered);
        var still = new PendingStill(
            new TaskCompletionSource<HelperMessage>(TaskCreationOptions.RunContinuationsAsynchronously), patience + WayBack, time.GetTimestamp());
        await SendAsync(command, null, cancellationToken, still: still).ConfigureAwait(false);
        HelperMessage message;
        try
        {
            message = await still.Answer.Task.WaitAsync(still.Limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            lock (gate)
            {
                stills.Remove(command["id"]!.GetValue<long>());
            }

            throw new StillFailedException(StillFailure.Late(still.Limit), late);
        }

        return request.Fit(ReadStill(message));
    }

    /// <summary>Waits for the answers to those that were given up: the helper takes one after the other.</summary>
    private async Task GivenUpAsync(CancellationToken cancellationToken)
    {
        PendingStill[] before;
        lock (gate)
        {
            before = [.. stills.Values];
        }

        foreach (var still in before)
        {
            if (still.Left(time) is var left && left > TimeSpan.Zero)
            {
                await ((Task)still.Answer.Task.WaitAsync(left, time, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private TimeSpan StillPatience(CameraControls controls)
    {
        var asked = LibcameraRequest.LongestFrame(controls);
        var lately = TimeSpan.FromTicks(Interlocked.Read(ref frameTicks));
        return LeastPatience + (3 * (asked > lately ? asked : lately));
    }

    private Frame ReadStill(HelperMessage message)
    {
        if (message.Kind == "ERRO")
        {
            throw new StillFailedException(StillFailure.Failed((message.Json.Text("message") ?? "it does not say why").TrimEnd('.')));
        }

        if (message.Oversized || !IsJpeg(message.Data) || message.Json.Numbers("size") is not [>= 1 and var width, >= 1 and var height])
        {
            throw new StillFailedException(StillFailure.Broken);
        }

        var metadata = LibcameraMetadata.From(message.Json, VersionOf(message.Json.WholeNumber("controlsId") ?? 0));
        return new Frame(message.Data, (int)width, (int)height, metadata, time.GetTimestamp());
    }

    /// <returns>Whether it was a still that this message answers.</returns>
    private bool Answer(HelperMessage message)
    {
        PendingStill? still;
        lock (gate)
        {
            if (!stills.Remove(message.Json.WholeNumber("id") ?? 0, out still))
            {
                return false;
            }
        }

        // The live stream was not expected to give anything until now.
        child!.Progress();
        still.Answer.TrySetResult(message);
        return true;
    }

    /// <summary>The helper has ended: nobody is answered any more.</summary>
    private CameraLostException Lost(Reason reason, Exception? cause = null)
    {
        lock (gate)
        {
            foreach (var still in stills.Values)
            {
                still.Answer.TrySetException(new CameraLostException(reason, cause));
            }

            stills.Clear();
        }

        return new CameraLostException(reason, cause);
    }

    /// <param name="Answer">STIL or ERRO.</param>
    /// <param name="Limit">How long it may take.</param>
    /// <param name="Sent">By the clock's timestamp.</param>
    private sealed record PendingStill(TaskCompletionSource<HelperMessage> Answer, TimeSpan Limit, long Sent)
    {
        public TimeSpan Left(TimeProvider time) => Limit - time.GetElapsedTime(Sent);
    }
}

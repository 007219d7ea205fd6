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

    // Those that are not answered yet, by the command's id; guarded by the gate.
    private readonly Dictionary<long, TaskCompletionSource<HelperMessage>> stills = [];

    public async Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        CameraControls controls;
        lock (gate)
        {
            controls = inForce.Controls;
        }

        var (patience, capabilities) = (StillPatience, Capabilities);
        var command = LibcameraRequest.Still(request, capabilities, patience);
        command["controls"] = LibcameraRequest.StillControls(controls, request.Size ?? capabilities.StillSize!.Value, capabilities, offered);
        var answer = new TaskCompletionSource<HelperMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await SendAsync(command, null, cancellationToken, answer: answer).ConfigureAwait(false);
            var message = await answer.Task.WaitAsync(patience + WayBack, time, cancellationToken).ConfigureAwait(false);
            return request.Fit(ReadStill(message));
        }
        catch (TimeoutException late)
        {
            throw new StillFailedException(StillFailure.Late(patience + WayBack), late);
        }
        finally
        {
            lock (gate)
            {
                // One that comes after all finds nobody.
                stills.Remove(command["id"]?.GetValue<long>() ?? 0);
            }
        }
    }

    private TimeSpan StillPatience
    {
        get
        {
            lock (gate)
            {
                var asked = LibcameraRequest.LongestFrame(inForce.Controls);
                var lately = TimeSpan.FromTicks(Interlocked.Read(ref frameTicks));
                return LeastPatience + (3 * (asked > lately ? asked : lately));
            }
        }
    }

    private Frame ReadStill(HelperMessage message)
    {
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
        TaskCompletionSource<HelperMessage>? answer;
        lock (gate)
        {
            if (!stills.Remove(message.Json.WholeNumber("id") ?? 0, out answer))
            {
                return false;
            }
        }

        // The live stream was not expected to give anything until now.
        child!.Progress();
        if (message.Kind == "STIL")
        {
            answer.TrySetResult(message);
        }
        else
        {
            answer.TrySetException(new StillFailedException(StillFailure.Failed((message.Json.Text("message") ?? "it did not say why").TrimEnd('.'))));
        }

        return true;
    }

    /// <summary>The helper has ended: nobody is answered any more.</summary>
    private CameraLostException Lost(Reason reason, Exception? cause = null)
    {
        lock (gate)
        {
            foreach (var answer in stills.Values)
            {
                answer.TrySetException(new CameraLostException(reason, cause));
            }

            stills.Clear();
        }

        return new CameraLostException(reason, cause);
    }
}

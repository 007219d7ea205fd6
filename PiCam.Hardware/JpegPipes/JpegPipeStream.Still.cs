using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.JpegPipes;

/// <content>Single pictures: the next one of the stream, or one by a program of its own while the other rests.</content>
internal sealed partial class JpegPipeStream
{
    // A sensor's full resolution at the best quality.
    private const int LargestStill = 32 << 20;

    // Begun with the old exposure: being exposed, being read out, in the driver, in the program.
    private const int FramesUnderWay = 4;

    private TaskCompletionSource<Frame>? next;

    public async Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken)
    {
        Frame frame;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfLost();
            var own = request.On(controls);
            frame = feed.StillCommand(own, request) is { } command ? await TakeAsync(command, request.Loan, cancellationToken).ConfigureAwait(false)
                : own == controls ? await NextAsync(cancellationToken).ConfigureAwait(false)
                : await NextWithAsync(own, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }

        return request.Fit(frame);
    }

    /// <summary>The stream's own picture, for which the camera is set otherwise and back; nobody else can set it meanwhile.</summary>
    private async Task<Frame> NextWithAsync(CameraControls own, CancellationToken cancellationToken)
    {
        var (before, version) = (controls, Volatile.Read(ref inForce).ControlsVersion);
        try
        {
            await PutInForceAsync(own, version, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < FramesUnderWay; i++)
            {
                await NextAsync(cancellationToken).ConfigureAwait(false);
            }

            return await NextAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A camera that is lost meanwhile gets the desired state when it is opened again.
            if (lost is null)
            {
                await PutInForceAsync(before, version, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<Frame> NextAsync(CancellationToken cancellationToken)
    {
        var arrival = new TaskCompletionSource<Frame>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref next, arrival);
        var rested = run is null;
        try
        {
            if (rested)
            {
                await StartRunAsync(cancellationToken).ConfigureAwait(false);
            }

            ThrowIfLost();
            return await arrival.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref next, null);
            if (rested)
            {
                // Nobody else wants pictures; more stills may follow soon.
                lingering = StopAfterLingeringAsync(keepRunning.Token);
            }
        }
    }

    private async Task<Frame> TakeAsync(ChildCommand command, StillLoan? loan, CancellationToken cancellationToken)
    {
        var rested = run is null;
        if (!rested)
        {
            await firstPicture.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            ThrowIfLost();
            await StopRunAsync().ConfigureAwait(false);
        }

        try
        {
            var picture = await TakenByAsync(command, cancellationToken).ConfigureAwait(false);
            var now = time.GetTimestamp();
            var live = Volatile.Read(ref inForce);
            var metadata = live with
            {
                SensorTimestamp = clock.At(now),
                ExposureTime = loan?.ExposureTime ?? live.ExposureTime,
                AnalogueGain = loan?.AnalogueGain ?? live.AnalogueGain,
                ColourGains = loan?.ColourGains ?? live.ColourGains,
                LensPosition = loan?.LensPosition ?? live.LensPosition,
            };
            return new Frame(picture.Jpeg, picture.Width, picture.Height, feed.CompleteStill(metadata), now);
        }
        finally
        {
            if (!rested)
            {
                gapBegan = lastArrival;
                await StartAgainAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<JpegPicture> TakenByAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        ChildProcess child;
        try
        {
            child = await ChildProcess.StartAsync(command, time, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (ChildStartException exception)
        {
            throw new StillFailedException(StillFailure.Failed(exception.Message), exception);
        }

        JpegPicture? picture = null;
        var end = new TaskCompletionSource<(string Reason, Exception? Fault)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var still = new JpegPipeRun(
            child, taken => Volatile.Write(ref picture, taken), (reason, fault) => end.TrySetResult((reason, fault)), LargestStill);
        await using (still.ConfigureAwait(false))
        {
            // What it says of the picture comes after the picture.
            var (reason, fault) = await end.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return Volatile.Read(ref picture) ?? throw new StillFailedException(feed.StillTrouble(fault?.Message ?? reason), fault);
        }
    }

    private async Task StartAgainAsync()
    {
        try
        {
            // Also when the still was given up: the live picture was not.
            await StartRunAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (CameraLostException exception)
        {
            lost = exception;
            frames.Writer.TryComplete();
            throw;
        }
    }
}

using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Stills;

namespace PiCam.Core.TimeLapses;

/// <summary>How the pictures of a time-lapse are exposed, one after the other. To be used by one run at a time.</summary>
internal sealed class TimeLapseExposure(CameraSession camera)
{
    // A camera that rests while nobody watches begins to do so 10 s after the last picture at the earliest.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(10);

    // picamera's recipe for consistent pictures waits as long for automatic exposure.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    // Of the picture before, in stops.
    private double? before;

    /// <summary>The light may be another one by the next picture.</summary>
    public void Forget() => before = null;

    /// <summary>What to ask of the camera for the next picture. The plan may be that of another camera: as near as this one comes.</summary>
    /// <exception cref="CameraLostException">The camera is not there.</exception>
    public async Task<StillRequest> RequestAsync(TimeLapsePlan plan, CancellationToken stoppingToken)
    {
        var request = new StillSettings { Size = plan.Size, Quality = plan.Quality }.For(camera.State.Capabilities);
        if (plan.Look != TimeLapseLook.Smooth)
        {
            return request;
        }

        // A camera that rests while nobody watches says what it used before it did.
        var seen = camera.Frames.Wanted || plan.Interval <= ShortestRest
            ? camera.State.Actual
            : await camera.SettleAsync(Settling, stoppingToken).ConfigureAwait(false);
        return request with { Loan = Smoothed(seen) };
    }

    /// <summary>
    /// What automatic exposure uses for the live picture, but no further from the picture before than the eye forgives. It is lent to the
    /// still alone: automatic exposure goes on undisturbed, and nothing is left to be put right after a power cut.
    /// </summary>
    /// <returns>Null: exposure is set by hand, or the camera does not say or take one.</returns>
    private StillLoan? Smoothed(FrameMetadata? seen)
    {
        if (seen is not { ExposureTime: { } wanted, AnalogueGain: { } gain } || wanted <= TimeSpan.Zero || gain <= 0
            || camera.State is not
            {
                Capabilities: { ExposureTime: { } times, AnalogueGain: { } gains },
                Asked: { ExposureTime: null } or { AnalogueGain: null },
            })
        {
            return null;
        }

        var stops = ExposureSmoothing.Next(before, ExposureSmoothing.Stops(wanted, gain * (seen.DigitalGain ?? 1)));
        var (time, even) = ExposureSmoothing.Split(stops, wanted, times.Maximum, (gains.Minimum, gains.Maximum));
        before = stops;
        return new StillLoan { ExposureTime = times.Clamp(TimeSpan.FromMicroseconds(Math.Round(time.TotalMicroseconds))), AnalogueGain = even };
    }
}

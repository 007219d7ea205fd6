using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// Which frame comes when, and with which settings. A frame's settings are fixed when the frame before it is read, as a
/// sensor's are while it exposes; so new controls show on the third frame read after they were handed over.
/// </summary>
internal sealed class FrameTimeline
{
    private const int FramesUntilApplied = 3;

    private static readonly TimeSpan LongFrame = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestartTime = TimeSpan.FromMilliseconds(100);

    private readonly CameraCapabilities capabilities;
    private readonly AutoExposure exposure;
    private readonly AutoWhiteBalance whiteBalance = new();
    private readonly Queue<(CameraControls Controls, long Version, long FirstFrame)> pending = new();
    private CameraControls controls;
    private long version;
    private long index;
    private SensorSettings next;

    public FrameTimeline(CameraCapabilities capabilities, CameraControls controls, long version, TimeSpan now)
    {
        (this.capabilities, this.version) = (capabilities, version);
        this.controls = Fit(controls);
        exposure = new AutoExposure(capabilities);
        next = Settle();
        Due = now + next.FrameDuration;
    }

    /// <summary>When the next frame is complete.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Takes the newest complete frame off the timeline.</summary>
    /// <returns>Its number from 1, when it was complete, its settings, and how many frames before it nobody was there to read.</returns>
    public (long Index, TimeSpan Completed, SensorSettings Settings, long Missed) Take(TimeSpan now)
    {
        var missed = 0L;
        while (now - Due >= next.FrameDuration)
        {
            Advance();
            missed++;
        }

        var taken = (index + 1, Due, next, missed);
        Advance();
        return taken;
    }

    /// <summary>Lets automatic exposure and white balance learn from a frame that was taken.</summary>
    public void Learn(SensorSettings used, FrameStatistics statistics, TimeSpan elapsed)
    {
        exposure.Update(used, statistics, elapsed);
        whiteBalance.Update(used.Controls.AwbMode, statistics, elapsed);
    }

    /// <summary>Hands over the whole desired state.</summary>
    /// <returns>Whether the next frame is due at another time now: leaving a very long exposure starts the sensor anew.</returns>
    public bool Apply(CameraControls wanted, long wantedVersion, TimeSpan now)
    {
        wanted = Fit(wanted);
        var unread = now > Due ? (long)((now - Due) / next.FrameDuration) : 0;
        pending.Enqueue((wanted, wantedVersion, index + FramesUntilApplied + unread));
        if (next.FrameDuration <= LongFrame || Resolve(wanted, wantedVersion).FrameDuration >= next.FrameDuration)
        {
            return false;
        }

        pending.Clear();
        Activate(wanted, wantedVersion);
        next = Settle();
        Due = now + RestartTime + next.FrameDuration;
        return true;
    }

    private void Advance()
    {
        index++;
        while (pending.TryPeek(out var waiting) && waiting.FirstFrame <= index + 1)
        {
            pending.Dequeue();
            Activate(waiting.Controls, waiting.Version);
        }

        next = Settle();
        Due += next.FrameDuration;
    }

    private void Activate(CameraControls wanted, long wantedVersion)
    {
        var sameExposure = wanted.ExposureTime == controls.ExposureTime && wanted.AnalogueGain == controls.AnalogueGain
            && wanted.ExposureValue == controls.ExposureValue && wanted.FrameRate == controls.FrameRate
            && wanted.ScalerCrop == controls.ScalerCrop;
        (controls, version) = (wanted, wantedVersion);
        if (!sameExposure)
        {
            exposure.Unlock();
        }
    }

    private SensorSettings Settle() => Resolve(controls, version);

    private SensorSettings Resolve(CameraControls wanted, long wantedVersion)
    {
        var rates = capabilities.FrameRate!;
        var frame = TimeSpan.FromSeconds(1 / rates.Clamp(wanted.FrameRate ?? rates.Default));
        var longest = wanted.FrameRate is null && wanted.ExposureTime is not null ? TimeSpan.MaxValue : frame;
        var (time, gain) = exposure.Choose(wanted, longest);
        return new SensorSettings(
            wanted,
            wantedVersion,
            time,
            gain,
            Balance(wanted),
            time > frame ? time : frame,
            wanted.ScalerCrop is { } crop ? FitCrop(crop) : capabilities.ScalerCropMaximum!.Value,
            wanted is { ExposureTime: not null, AnalogueGain: not null } || exposure.Locked);
    }

    private ColourGains Balance(CameraControls wanted) => wanted switch
    {
        { ColourGains: { } gains } => gains,
        { ColourTemperature: { } kelvin } => ColourTemperatureCurve.Gains(kelvin),
        _ => whiteBalance.Gains,
    };

    /// <summary>Clamps what is out of range; a crop is moved rather than dropped.</summary>
    private CameraControls Fit(CameraControls wanted) =>
        CameraControlsRules.Fit(wanted, capabilities) with { ScalerCrop = wanted.ScalerCrop };

    private PixelRectangle FitCrop(PixelRectangle crop)
    {
        var most = capabilities.ScalerCropMaximum!.Value;
        var least = capabilities.ScalerCropMinimum!.Value;
        var width = Math.Clamp(crop.Width, least.Width, most.Width);
        var height = Math.Clamp(crop.Height, least.Height, most.Height);
        return new PixelRectangle(
            Math.Clamp(crop.X, most.X, most.X + most.Width - width),
            Math.Clamp(crop.Y, most.Y, most.Y + most.Height - height),
            width,
            height);
    }
}

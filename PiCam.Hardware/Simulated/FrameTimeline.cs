using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// Which frame comes when, and with which settings. A frame's settings are fixed when the frame before it is read, as a
/// sensor's are while it exposes; so new controls show on the third frame read after they were handed over.
/// </summary>
internal sealed class FrameTimeline
{
    private const int FramesUntilApplied = 3;
    private const double MostDistortion = 0.02;

    private static readonly TimeSpan LongFrame = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestartTime = TimeSpan.FromMilliseconds(100);

    private readonly PixelSize configuredSize;
    private readonly int configuredQuality;
    private readonly AutoExposure exposure;
    private readonly AutoWhiteBalance whiteBalance = new();
    private readonly Queue<(Request Request, long FirstFrame)> pending = new();
    private Request newest;
    private Request current;
    private long index;
    private SensorSettings next;

    /// <param name="configuredSize">Of the pictures, unless controls say otherwise.</param>
    /// <param name="configuredQuality">1 to 100.</param>
    /// <param name="controls">What to begin with.</param>
    /// <param name="version">Of <paramref name="controls"/>.</param>
    /// <param name="now">On the timeline's own clock.</param>
    public FrameTimeline(PixelSize configuredSize, int configuredQuality, CameraControls controls, long version, TimeSpan now)
    {
        (this.configuredSize, this.configuredQuality) = (configuredSize, configuredQuality);
        newest = current = new Request(controls, Ov5647.Capabilities(configuredSize, configuredQuality), version);
        newest = current = Fit(controls, version);
        exposure = new AutoExposure(current.Capabilities);
        next = Resolve(current);
        Due = now + next.FrameDuration;
    }

    /// <summary>What the next frame's camera can do.</summary>
    public CameraCapabilities Capabilities => next.Capabilities;

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
        newest = Fit(wanted, wantedVersion);
        var unread = now > Due ? (long)((now - Due) / next.FrameDuration) : 0;
        pending.Enqueue((newest, index + FramesUntilApplied + unread));
        if (next.FrameDuration <= LongFrame || Resolve(newest).FrameDuration >= next.FrameDuration)
        {
            return false;
        }

        pending.Clear();
        Activate(newest);
        next = Resolve(current);
        Due = now + RestartTime + next.FrameDuration;
        return true;
    }

    /// <summary>What a still would use that begins now: the newest controls as the stream exposes by them, and the whole sensor.</summary>
    /// <param name="size">Of the still.</param>
    /// <param name="request">What is lent to it.</param>
    public SensorSettings Still(PixelSize size, StillRequest request)
    {
        var can = Ov5647.Still(size, configuredQuality);
        var live = Resolve(newest with { Controls = request.On(newest.Controls) });
        var shortest = TimeSpan.FromSeconds(1 / can.FrameRate!.Maximum);
        return live with
        {
            Capabilities = can,
            FrameDuration = live.ExposureTime > shortest ? live.ExposureTime : shortest,
            ScalerCrop = live.Controls.ScalerCrop is { } crop ? FitCrop(crop, can) : can.ScalerCropMaximum!.Value,
        };
    }

    private void Advance()
    {
        index++;
        while (pending.TryPeek(out var waiting) && waiting.FirstFrame <= index + 1)
        {
            pending.Dequeue();
            Activate(waiting.Request);
        }

        next = Resolve(current);
        Due += next.FrameDuration;
    }

    private void Activate(Request request)
    {
        var sameExposure = ForExposure(request.Controls) == ForExposure(current.Controls);
        current = request;
        if (!sameExposure)
        {
            exposure.Unlock();
        }
    }

    /// <summary>The part of the controls that gives automatic exposure something else to do.</summary>
    private static CameraControls ForExposure(CameraControls controls) => new()
    {
        ExposureTime = controls.ExposureTime,
        AnalogueGain = controls.AnalogueGain,
        ExposureValue = controls.ExposureValue,
        AeExposureMode = controls.AeExposureMode,
        AeMeteringMode = controls.AeMeteringMode,
        AeConstraintMode = controls.AeConstraintMode,
        AeFlickerMode = controls.AeFlickerMode,
        FrameRate = controls.FrameRate,
        ScalerCrop = controls.ScalerCrop,
        SensorMode = controls.SensorMode,
        Size = controls.Size,
    };

    private SensorSettings Resolve(Request request)
    {
        var (wanted, can, version) = request;
        var rates = can.FrameRate!;
        var frame = TimeSpan.FromSeconds(1 / rates.Clamp(wanted.FrameRate ?? rates.Default));
        var longest = wanted switch
        {
            { FrameRate: not null } => frame,
            { ExposureTime: not null } => TimeSpan.MaxValue,
            { AeExposureMode: AeExposureMode.Long } => ExposureProgramme.Longest(AeExposureMode.Long),
            _ => frame,
        };
        var (time, gain) = exposure.Choose(wanted, longest);
        return new SensorSettings(
            wanted,
            can,
            version,
            time,
            gain,
            Balance(wanted),
            time > frame ? time : frame,
            longest,
            wanted.ScalerCrop is { } crop ? FitCrop(crop, can) : can.ScalerCropMaximum!.Value,
            wanted is { ExposureTime: not null, AnalogueGain: not null } || exposure.Locked);
    }

    private ColourGains Balance(CameraControls wanted) => wanted switch
    {
        { ColourGains: { } gains } => gains,
        { ColourTemperature: { } kelvin } => ColourTemperatureCurve.Gains(kelvin),
        _ => whiteBalance.Gains,
    };

    /// <summary>Clamps what is out of range; a crop is moved rather than dropped. Capabilities stay the same object while nothing in them changes.</summary>
    private Request Fit(CameraControls wanted, long version)
    {
        var present = newest.Capabilities;
        var can = Ov5647.Capabilities(configuredSize, configuredQuality, wanted.Size, wanted.SensorMode);
        can = can.Size == present.Size && can.SensorMode == present.SensorMode ? present : can;
        return new Request(CameraControlsRules.Fit(wanted, can) with { ScalerCrop = wanted.ScalerCrop }, can, version);
    }

    private static PixelRectangle FitCrop(PixelRectangle crop, CameraCapabilities can)
    {
        var most = can.ScalerCropMaximum!.Value;
        var least = can.ScalerCropMinimum!.Value;
        var width = Math.Clamp(crop.Width, least.Width, most.Width);
        var height = Math.Clamp(crop.Height, least.Height, most.Height);

        // A crop that was chosen for a stream of another shape would be drawn out of shape.
        var aspect = (double)most.Width / most.Height;
        if (Math.Abs((width / aspect / height) - 1) > MostDistortion)
        {
            (width, height) = width > height * aspect
                ? ((int)Math.Round(height * aspect), height)
                : (width, (int)Math.Round(width / aspect));
        }

        return new PixelRectangle(
            Math.Clamp(crop.X + ((crop.Width - width) / 2), most.X, most.X + most.Width - width),
            Math.Clamp(crop.Y + ((crop.Height - height) / 2), most.Y, most.Y + most.Height - height),
            width,
            height);
    }

    /// <summary>What was handed over, clamped to what the camera can do with it.</summary>
    private sealed record Request(CameraControls Controls, CameraCapabilities Capabilities, long Version);
}

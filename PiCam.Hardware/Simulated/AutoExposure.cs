using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>Automatic exposure: aims the mean brightness at a target, in stops, with damping, and holds still once it is there.</summary>
internal sealed class AutoExposure(CameraCapabilities capabilities)
{
    /// <summary>libcamera's y_target for a dim scene (ov5647.json).</summary>
    private const double TargetBrightness = 0.16;

    /// <summary>A mean above this cannot be told from a picture that is white all over.</summary>
    private const double BrightestTarget = 0.85;

    /// <summary>Where the constraint "highlight" keeps the brightest parts (ov5647.json); compensation moves it, but not to white.</summary>
    private const double TargetHighlights = 0.8;
    private const double BrightestHighlights = 0.9;

    private const double TimeConstantSeconds = 0.15;
    private const double SettledStops = 0.03;
    private const double DisturbedStops = 0.15;
    private const int FramesToSettle = 3;

    private double total = 0.01;
    private int settledFrames;

    /// <summary>Whether the exposure has settled and is held.</summary>
    public bool Locked { get; private set; }

    /// <summary>Forgets that it had settled, because what it is asked for has changed.</summary>
    public void Unlock()
    {
        Locked = false;
        settledFrames = 0;
    }

    /// <summary>Divides the present total into shutter and gain.</summary>
    /// <param name="controls">What of the two is fixed, and how the rest is divided.</param>
    /// <param name="longest">The longest exposure that the frame rate leaves room for.</param>
    public (TimeSpan ExposureTime, double AnalogueGain) Choose(CameraControls controls, TimeSpan longest)
    {
        var (time, gain) = Divide(total, controls, longest);
        if (controls.ExposureTime is not null)
        {
            return (time, gain);
        }

        if (FlickerPeriod(controls.AeFlickerMode) is { } period && time > period)
        {
            time = Math.Floor(time / period) * period;
        }

        return (time, controls.AnalogueGain is null ? capabilities.AnalogueGain!.Clamp(total / time.TotalSeconds) : gain);
    }

    /// <summary>Learns from a frame.</summary>
    /// <param name="used">What the frame was taken with; it may be older than the newest choice.</param>
    /// <param name="statistics">What the frame looked like.</param>
    /// <param name="elapsed">Time since the frame before.</param>
    public void Update(SensorSettings used, FrameStatistics statistics, TimeSpan elapsed)
    {
        if (used.Controls is { ExposureTime: not null, AnalogueGain: not null })
        {
            total = used.TotalExposure;
            Locked = true;
            return;
        }

        // Whole mains periods are left out here: the total would hunt for what lies between two of them.
        var (time, gain) = Divide(used.TotalExposure * Change(used.Controls, statistics), used.Controls, used.LongestExposure);
        var distance = Math.Log2(time.TotalSeconds * gain / total);
        if (Locked && Math.Abs(distance) < DisturbedStops)
        {
            return;
        }

        settledFrames = Math.Abs(distance) < SettledStops ? settledFrames + 1 : 0;
        Locked = settledFrames >= FramesToSettle;

        // A sensor that is started anew may end a frame before the one that it gave up would have ended: backwards, the step would have no bounds.
        total *= Math.Pow(2, distance * (1 - Math.Exp(-Math.Max(0, elapsed.TotalSeconds) / TimeConstantSeconds)));
    }

    /// <summary>The factor by which the exposure was off.</summary>
    private static double Change(CameraControls controls, FrameStatistics statistics)
    {
        var compensation = Math.Pow(2, controls.ExposureValue);
        var change = Math.Min(TargetBrightness * compensation, BrightestTarget) / Math.Max(statistics.Brightness, 1e-5);
        return controls.AeConstraintMode == AeConstraintMode.Highlight
            ? Math.Min(change, Math.Min(TargetHighlights * compensation, BrightestHighlights) / Math.Max(statistics.Highlights, 1e-5))
            : change;
    }

    private (TimeSpan ExposureTime, double AnalogueGain) Divide(double wanted, CameraControls controls, TimeSpan longest)
    {
        var times = capabilities.ExposureTime!;
        var gains = capabilities.AnalogueGain!;
        var fixedTime = controls.ExposureTime is { } asked ? times.Clamp(asked < longest ? asked : longest) : (TimeSpan?)null;
        var (seconds, gain) = ExposureProgramme.Divide(
            wanted,
            controls.AeExposureMode,
            ((fixedTime ?? times.Minimum).TotalSeconds, (fixedTime ?? longest).TotalSeconds),
            (controls.AnalogueGain ?? gains.Minimum, controls.AnalogueGain ?? gains.Maximum));
        return (fixedTime ?? TimeSpan.FromMicroseconds(Math.Round(seconds * 1e6)), gain);
    }

    /// <summary>Half a period of the mains, in which a lamp flickers once; libcamera's AeFlickerPeriod for it.</summary>
    private static TimeSpan? FlickerPeriod(AeFlickerMode mode) => mode switch
    {
        AeFlickerMode.Hz50 => TimeSpan.FromMicroseconds(10_000),
        AeFlickerMode.Hz60 => TimeSpan.FromMicroseconds(8_333),
        _ => null,
    };
}

using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>Automatic exposure: aims the mean brightness at a target, in stops, with damping, and holds still once it is there.</summary>
internal sealed class AutoExposure(CameraCapabilities capabilities)
{
    /// <summary>libcamera's y_target for a dim scene (ov5647.json).</summary>
    private const double TargetBrightness = 0.16;

    /// <summary>A mean above this cannot be told from a picture that is white all over.</summary>
    private const double BrightestTarget = 0.85;

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

    /// <summary>Divides the present total into shutter and gain: shutter first, because gain adds noise.</summary>
    /// <param name="controls">What of the two is fixed.</param>
    /// <param name="longest">The longest exposure that the frame rate leaves room for.</param>
    public (TimeSpan ExposureTime, double AnalogueGain) Choose(CameraControls controls, TimeSpan longest)
    {
        var times = capabilities.ExposureTime!;
        var gains = capabilities.AnalogueGain!;
        var limit = longest < Ov5647.LongestAutomaticExposure ? longest : Ov5647.LongestAutomaticExposure;
        var gain = controls.AnalogueGain is { } fixedGain ? gains.Clamp(fixedGain) : 1;
        var time = controls.ExposureTime is { } fixedTime
            ? times.Clamp(fixedTime < longest ? fixedTime : longest)
            : Between(times.Minimum, WholeMicroseconds(total / gain), limit);
        if (controls.AnalogueGain is null)
        {
            gain = gains.Clamp(total / time.TotalSeconds);
        }

        return (time, gain);
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

        var target = Math.Min(TargetBrightness * Math.Pow(2, used.Controls.ExposureValue), BrightestTarget);
        var wanted = used.TotalExposure * target / Math.Max(statistics.Brightness, 1e-5);
        var (time, gain) = Reachable(wanted, used);
        var distance = Math.Log2(time.TotalSeconds * gain / total);
        if (Locked && Math.Abs(distance) < DisturbedStops)
        {
            return;
        }

        settledFrames = Math.Abs(distance) < SettledStops ? settledFrames + 1 : 0;
        Locked = settledFrames >= FramesToSettle;
        total *= Math.Pow(2, distance * (1 - Math.Exp(-elapsed.TotalSeconds / TimeConstantSeconds)));
    }

    private (TimeSpan ExposureTime, double AnalogueGain) Reachable(double wanted, SensorSettings used)
    {
        var present = total;
        total = wanted;
        var choice = Choose(used.Controls, used.FrameDuration);
        total = present;
        return choice;
    }

    private static TimeSpan WholeMicroseconds(double seconds) => TimeSpan.FromMicroseconds(Math.Round(Math.Min(seconds, 10) * 1e6));

    private static TimeSpan Between(TimeSpan minimum, TimeSpan value, TimeSpan maximum) =>
        value > maximum ? maximum : value < minimum ? minimum : value;
}

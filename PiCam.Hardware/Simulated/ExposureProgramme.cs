using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>How automatic exposure divides its work between shutter and gain: stage by stage, first the shutter up to its stage, then the gain.</summary>
internal static class ExposureProgramme
{
    // Shutter ceilings from "exposure_modes" in libcamera's ov5647.json. Normal and long spend shutter before gain, because gain adds noise; short goes libcamera's way.
    private static readonly (double Seconds, double Gain)[] Normal = [(0.066666, 8)];
    private static readonly (double Seconds, double Gain)[] Long = [(0.120, 8)];
    private static readonly (double Seconds, double Gain)[] Short = [(0.005, 2), (0.010, 4), (0.020, 6), (0.033333, 8)];

    /// <summary>The longest exposure that a mode chooses by itself.</summary>
    public static TimeSpan Longest(AeExposureMode mode) => TimeSpan.FromSeconds(Stages(mode)[^1].Seconds);

    /// <summary>Divides a total.</summary>
    /// <param name="total">Seconds at gain 1.</param>
    /// <param name="mode">Which stages.</param>
    /// <param name="times">Seconds; both ends the same when the shutter is fixed.</param>
    /// <param name="gains">Linear; both ends the same when the gain is fixed.</param>
    public static (double Seconds, double Gain) Divide(
        double total, AeExposureMode mode, (double Least, double Most) times, (double Least, double Most) gains)
    {
        var (seconds, gain) = (times.Least, gains.Least);
        foreach (var stage in Stages(mode))
        {
            seconds = Math.Clamp(total / gain, seconds, Math.Max(seconds, Math.Min(stage.Seconds, times.Most)));
            gain = Math.Clamp(total / seconds, gain, Math.Max(gain, Math.Min(stage.Gain, gains.Most)));
        }

        return (seconds, gain);
    }

    private static (double Seconds, double Gain)[] Stages(AeExposureMode mode) => mode switch
    {
        AeExposureMode.Short => Short,
        AeExposureMode.Long => Long,
        _ => Normal,
    };
}

using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>libcamera's enumerators and ours. The order is that of libcamera's headers, which is their number.</summary>
internal static class LibcameraModes
{
    private static readonly string[] AwbModes = ["Auto", "Incandescent", "Tungsten", "Fluorescent", "Indoor", "Daylight", "Cloudy", "Custom"];
    private static readonly string[] MeteringModes = ["CentreWeighted", "Spot", "Matrix", "Custom"];
    private static readonly string[] ConstraintModes = ["Normal", "Highlight", "Shadows", "Custom"];
    private static readonly string[] ExposureModes = ["Normal", "Short", "Long", "Custom"];
    private static readonly string[] NoiseReductionModes = ["Off", "Fast", "HighQuality", "Minimal", "ZSL"];
    private static readonly string[] AfModes = ["Manual", "Auto", "Continuous"];
    private static readonly string[] AfRanges = ["Normal", "Macro", "Full"];
    private static readonly string[] HdrModes = ["Off", "MultiExposureUnmerged", "MultiExposure", "SingleExposure", "Night"];

    // The period is given by a control of its own.
    private static readonly string[] FlickerModes = ["Off", "Manual", "Auto"];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        [LibcameraNames.AwbMode] = AwbModes,
        [LibcameraNames.AeMeteringMode] = MeteringModes,
        [LibcameraNames.AeConstraintMode] = ConstraintModes,
        [LibcameraNames.AeExposureMode] = ExposureModes,
        [LibcameraNames.AeFlickerMode] = FlickerModes,
        [LibcameraNames.NoiseReductionMode] = NoiseReductionModes,
        [LibcameraNames.AfMode] = AfModes,
        [LibcameraNames.AfRange] = AfRanges,
        [LibcameraNames.HdrMode] = HdrModes,
    };

    /// <summary>What the camera offers of a control, in the order of our enumeration. "Custom" needs a tuning of one's own and is left out.</summary>
    public static IReadOnlyList<T> Offered<T>(IReadOnlyDictionary<string, HelperControl> controls, string name)
        where T : struct, Enum
    {
        var names = controls.TryGetValue(name, out var control) ? control.Enumerators(Known[name]).Select(e => e.Name).ToHashSet() : [];
        return [.. Enum.GetValues<T>().Where(mode => names.Contains(mode.ToString()) && mode.ToString() != "Custom")];
    }

    /// <summary>The number that the camera knows a mode by; null when it does not.</summary>
    public static int? Number<T>(IReadOnlyDictionary<string, HelperControl> controls, string name, T mode)
        where T : struct, Enum => Number(controls, name, mode.ToString());

    /// <inheritdoc cref="Number{T}"/>
    public static int? Number(IReadOnlyDictionary<string, HelperControl> controls, string name, string mode) =>
        controls.TryGetValue(name, out var control)
            ? control.Enumerators(Known[name]).Where(e => e.Name == mode).Select(e => (int?)e.Number).FirstOrDefault()
            : null;

    /// <summary>What of flicker avoidance the camera can do.</summary>
    public static IReadOnlyList<AeFlickerMode> OfferedFlicker(IReadOnlyDictionary<string, HelperControl> controls)
    {
        if (!controls.TryGetValue(LibcameraNames.AeFlickerMode, out var control))
        {
            return [];
        }

        var names = control.Enumerators(FlickerModes).Select(e => e.Name).ToHashSet();
        var manual = names.Contains("Manual") && controls.ContainsKey(LibcameraNames.AeFlickerPeriod);
        return [.. Enum.GetValues<AeFlickerMode>().Where(mode => mode switch
        {
            AeFlickerMode.Off => names.Contains("Off"),
            AeFlickerMode.Auto => names.Contains("Auto"),
            _ => manual,
        })];
    }
}

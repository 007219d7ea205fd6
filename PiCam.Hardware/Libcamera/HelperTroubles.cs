using PiCam.Core;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>From the helper's errors to reasons that say what to do.</summary>
internal static class HelperTroubles
{
    /// <param name="code">As the protocol names it.</param>
    /// <param name="message">The helper's sentence, for codes that nobody knows.</param>
    /// <param name="id">The camera that was asked for.</param>
    public static Reason Of(string code, string message, string? id) => code switch
    {
        "noCamera" => CameraLoss.NotConnected,
        "unknownCamera" => CameraLoss.NotOfThisId(id ?? ""),
        "busy" => CameraLoss.Busy,
        "noPermission" => CameraLoss.Forbidden,
        "lost" => CameraLoss.Unplugged,
        "libraryMismatch" => CameraLoss.HelperOutdated(message.TrimEnd('.')),
        _ => CameraLoss.HelperFailed(message.TrimEnd('.')),
    };

    /// <summary>The helper ended without a word on its output: the loader may have had one.</summary>
    public static Reason OfEnd(string ended, IReadOnlyList<string> errors) =>
        errors.FirstOrDefault(line => line.Contains("error while loading shared libraries", StringComparison.Ordinal)) is { } loader
            ? CameraLoss.HelperOutdated(loader.TrimEnd('.'))
            : CameraLoss.HelperFailed(ended);
}

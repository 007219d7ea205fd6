using PiCam.Core.Recordings;

namespace PiCam.Blazor.Api;

/// <summary>How recordings are made.</summary>
/// <param name="PreRoll">Seconds of what was before it was asked for.</param>
/// <param name="PreRollMegabytes">The memory that this may take, in MB.</param>
/// <param name="AlwaysReady">Whether what was before is there even when no page of the panel showed the picture.</param>
/// <param name="Format">"h264" (MP4) or "mjpeg" (AVI, the camera's own pictures).</param>
/// <param name="Quality">1 to 100.</param>
/// <param name="Stamp">Whether frames get the stamp of pictures (H.264 only).</param>
/// <param name="PartSeconds">After so many seconds a new file begins; null: never for that.</param>
/// <param name="PartMegabytes">When a file has so many MB a new one begins; null: never for that.</param>
/// <param name="NameTemplate">What recordings are called.</param>
internal sealed record RecordingSettingsDocument(
    double PreRoll,
    int PreRollMegabytes,
    bool AlwaysReady,
    RecordingFormat Format,
    int Quality,
    bool Stamp,
    double? PartSeconds,
    int? PartMegabytes,
    string NameTemplate)
{
    public static RecordingSettingsDocument From(RecordingSettings settings) => new(
        settings.PreRoll.TotalSeconds,
        settings.PreRollMegabytes,
        settings.IsAlwaysReady,
        settings.Format,
        settings.Quality,
        settings.IsStamped,
        settings.PartLength?.TotalSeconds,
        settings.PartMegabytes,
        settings.NameTemplate);
}

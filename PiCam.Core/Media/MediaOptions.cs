namespace PiCam.Core.Media;

/// <summary>How much of its disk the library may use, from the configuration section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Media";

    /// <summary>
    /// Megabytes (of 10⁶ bytes) that stay free on the library's disk: below it the oldest pictures and films go, for good, but never protected
    /// ones. 0: nothing goes for that, and a full disk takes no more. In force until somebody sets <see cref="MediaRules"/>.
    /// </summary>
    public int Reserve { get; set; }

    /// <summary>
    /// Folders that pictures and films may be exported to, by their full names, beside what is mounted below /media, /run/media and /mnt.
    /// </summary>
    public IList<string> ExportFolders { get; set; } = [];
}

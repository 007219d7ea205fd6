namespace PiCam.Core.Exports;

/// <summary>Why pictures and films are not copied to another disk, and what to do about it.</summary>
public static class ExportFault
{
    /// <summary>One at a time.</summary>
    public static Reason Busy { get; } = new("An export is under way; wait until it has ended, or stop it.", "export.busy");

    /// <summary>None of those that are there.</summary>
    public static Reason APlace { get; } = new(
        "a disk or share that is mounted below /media, /run/media or /mnt, or a folder that the configuration names (Media:ExportFolders)", "export.aPlace");

    /// <param name="place">The disk's name.</param>
    public static Reason Full(string place) => new($"{place} is full. What was copied so far is on it.", "export.full", place);

    /// <param name="place">The disk's name.</param>
    public static Reason Gone(string place) => new($"{place} is there no more. What was copied before is on it.", "export.gone", place);

    /// <param name="place">The disk's name.</param>
    public static Reason ReadOnly(string place) => new(
        $"PiCam cannot write to {place}: it is read-only, or belongs to another user than the one that PiCam runs as.", "export.readOnly", place);

    /// <param name="place">The disk's name.</param>
    public static Reason SameDisk(string place) => new($"{place} is on the library's own disk.", "export.sameDisk", place);

    /// <param name="place">The disk's name.</param>
    public static Reason Link(string place) => new(
        $"On {place}, the folder {ExportPlace.Subfolder} or one in it is a link to elsewhere. PiCam does not follow it.", "export.link", place, ExportPlace.Subfolder);

    /// <param name="place">The disk's name.</param>
    /// <param name="file">The file's name.</param>
    public static Reason TooLarge(string place, string file) => new(
        $"{file} is larger than a file may be on {place} (4 GB on FAT32). Format it as exFAT or ext4, or record in shorter parts.", "export.tooLarge", place, file);

    /// <param name="error">What the system said, in English.</param>
    public static Reason Failed(string error) => new($"The export failed: {error}", "export.failed", error);
}

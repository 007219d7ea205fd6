namespace PiCam.Core.Exports;

/// <summary>Where pictures and films can be copied to.</summary>
/// <param name="Folder">Its full name, by which it is chosen.</param>
/// <param name="Device">The disk or share that is mounted there, such as "/dev/sda1"; null: a folder that the owner named.</param>
/// <param name="FreeBytes">Null: unknown.</param>
/// <param name="IsWritable">Whether PiCam may write there.</param>
public sealed record ExportPlace(string Folder, string? Device, long? FreeBytes, bool IsWritable)
{
    /// <summary>The folder in it that all copies are in, as in the library: by year, month and day.</summary>
    public const string Subfolder = "PiCam";

    /// <summary>What it is called: a disk mostly by its label.</summary>
    public string Name => Path.GetFileName(Folder.TrimEnd('/')) is { Length: > 0 } name ? name : Folder;
}

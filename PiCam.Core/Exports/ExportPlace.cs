namespace PiCam.Core.Exports;

/// <summary>Where pictures and films can be copied to.</summary>
/// <param name="Folder">Its full name, by which it is chosen.</param>
/// <param name="Device">The disk or share that it is on, such as "/dev/sda1"; null: unknown.</param>
/// <param name="FreeBytes">Null: unknown.</param>
/// <param name="Obstacle">Why nothing can be copied there; null: it can.</param>
public sealed record ExportPlace(string Folder, string? Device, long? FreeBytes, Reason? Obstacle)
{
    /// <summary>The folder in it that all copies are in, as in the library: by year, month and day.</summary>
    public const string Subfolder = "PiCam";

    /// <summary>What it is called: a disk mostly by its label.</summary>
    public string Name => NameOf(Folder);

    /// <inheritdoc cref="Name"/>
    public static string NameOf(string folder) => Path.GetFileName(folder.TrimEnd('/')) is { Length: > 0 } name ? name : folder;
}

using System.Text.RegularExpressions;

namespace PiCam.Hardware.Media;

/// <summary>Folders by year, month and day, as the library and its copies have them.</summary>
internal static partial class DayFolders
{
    /// <summary>Begins the names of files that are not whole yet.</summary>
    public const string TemporaryPrefix = ".new-";

    /// <summary>No link is followed, however it is made, and nobody's mistake in a folder's rights stops the others.</summary>
    public static EnumerationOptions Plain { get; } = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        RecurseSubdirectories = false,
    };

    /// <summary>Those below a folder; none, if it is not there.</summary>
    public static IEnumerable<DirectoryInfo> In(string root) => !Directory.Exists(root)
        ? []
        : from year in new DirectoryInfo(root).EnumerateDirectories("????", Plain)
          from month in year.EnumerateDirectories("??", Plain)
          from day in month.EnumerateDirectories("??", Plain)
          where Day().IsMatch($"{year.Name}/{month.Name}/{day.Name}")
          select day;

    /// <summary>The files in them that are not whole.</summary>
    public static IEnumerable<FileInfo> Unfinished(string root) =>
        In(root).SelectMany(day => day.EnumerateFiles(TemporaryPrefix + "*", new EnumerationOptions { AttributesToSkip = 0 }));

    [GeneratedRegex(@"^\d{4}/\d{2}/\d{2}\z")]
    private static partial Regex Day();
}

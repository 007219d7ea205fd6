using System.Globalization;
using System.Text;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Media;

/// <summary>Names of pictures and films, and of their files.</summary>
public static class MediaName
{
    /// <summary>The longest name, in characters.</summary>
    public const int Longest = 100;

    // A file's name has 255 bytes on Linux; a number and an extension follow. CJK takes three bytes a character.
    private const int LongestFile = 200;

    // What Windows does not take; Linux and macOS take less offence.
    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>The nearest name that can be used.</summary>
    /// <param name="name">Anything.</param>
    /// <param name="fallback">For a name of which nothing can be used.</param>
    public static string Tidy(string? name, string fallback)
    {
        var tidy = new StringBuilder();
        foreach (var rune in (name ?? "").Trim().EnumerateRunes())
        {
            if (tidy.Length + rune.Utf16SequenceLength > Longest)
            {
                break;
            }

            if (!Rune.IsControl(rune))
            {
                tidy.Append(rune);
            }
        }

        var text = tidy.ToString().Trim();
        return text.Length > 0 ? text : fallback;
    }

    /// <summary>A file's name where others have the same: "Fox (2).jpg".</summary>
    /// <param name="fileName">With its extension.</param>
    /// <param name="number">1: as it is.</param>
    public static string Numbered(string fileName, int number) => number == 1
        ? fileName
        : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(fileName)} ({number}){Path.GetExtension(fileName)}");

    /// <summary>A name as a file's, without extension, that Linux, Windows and macOS take and no program mistakes for an option.</summary>
    public static string ToFile(string name)
    {
        var file = new StringBuilder();
        var bytes = 0;
        foreach (var rune in Tidy(name, "_").Normalize().EnumerateRunes())
        {
            // Format characters, such as those that turn the reading direction, would show another name than there is.
            var safe = Forbidden.Contains(rune.ToString(), StringComparison.Ordinal) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
                ? new Rune('_')
                : rune;
            bytes += safe.Utf8SequenceLength;
            if (bytes > LongestFile)
            {
                break;
            }

            file.Append(safe);
        }

        var text = file.ToString().TrimEnd('.', ' ');
        return text switch
        {
            "" => "_",
            ['.' or '-', .. var rest] => "_" + rest,
            _ when SafeFileName.IsDevice(text) => "_" + text,
            _ => text,
        };
    }
}

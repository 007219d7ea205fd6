using System.Globalization;
using System.Text;
using PiCam.Core.Media;

namespace PiCam.Core.Stills.Templates;

/// <summary>
/// Names of files, without their endings, that Linux, Windows and macOS all take and show alike: NFC, none of
/// <c>\ / : * ? " &lt; &gt; |</c>, no control or invisible characters, no dash or dot in front (an option, a hidden file), no dot or
/// blank at the end, no device of Windows (learn.microsoft.com, "Naming files, paths, and namespaces"), and no percent sign, by
/// which ffmpeg numbers files.
/// </summary>
public static class SafeFileName
{
    /// <summary>The longest name, in bytes of UTF-8: with ending and folders far below what any file system takes.</summary>
    public const int LongestBytes = MediaName.Longest;

    private const string Refused = "\\/*?\"<>|%";
    private const string Fallback = "image";

    // Windows takes the three superscript digits for digits there.
    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { "COM" + digit, "LPT" + digit }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The nearest safe name, however long; <see cref="Shorten"/> limits it. A name that is safe stays as it is.</summary>
    public static string Of(string text)
    {
        var name = Clean(text).TrimStart('-', '.', ' ').TrimEnd('.', ' ');
        if (name.Length == 0)
        {
            return Fallback;
        }

        return IsDevice(name) ? "_" + name : name;
    }

    /// <summary>Whether Windows takes it for a device, whatever its ending.</summary>
    public static bool IsDevice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Devices.Contains(name.Split('.')[0].TrimEnd());
    }

    /// <summary>The beginning of a safe name that fits into <see cref="LongestBytes"/>.</summary>
    public static string Shorten(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        while (Encoding.UTF8.GetByteCount(name) > LongestBytes)
        {
            name = Of(name[..StringInfo.ParseCombiningCharacters(name)[^1]]);
        }

        return name;
    }

    /// <summary>Safe characters only; the ends are not looked at.</summary>
    internal static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == ':' ? "-" : IsSafe(rune) ? Rune.IsWhiteSpace(rune) ? " " : rune.ToString() : "_");
        }

        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsSafe(Rune rune) => rune != Rune.ReplacementChar
        && !Refused.Contains(rune.ToString(), StringComparison.Ordinal)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

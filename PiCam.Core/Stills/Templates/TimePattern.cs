using System.Globalization;
using System.Text;

namespace PiCam.Core.Stills.Templates;

/// <summary>
/// A pattern such as <c>yyyy-MM-dd HH:mm:ss</c>: .NET's own letters for dates and times, and any sign that is no letter of
/// those. Not .NET's parser, whose one-letter patterns, quotes and percent signs nobody expects.
/// </summary>
internal static class TimePattern
{
    private const int Longest = 40;

    private static readonly string[] Known =
        ["yyyy", "yy", "MMMM", "MMM", "MM", "M", "dddd", "ddd", "dd", "d", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "fff", "ff", "f", "tt", "zzz"];

    /// <summary>The letters, for people.</summary>
    public static string Tokens => "yyyy yy MM M MMM dd d ddd HH H hh h tt mm ss fff zzz";

    /// <returns>Null when there are other letters in it, or nothing, or too much.</returns>
    public static Func<DateTimeOffset, string>? Parse(string pattern)
    {
        if (pattern.Length is 0 or > Longest)
        {
            return null;
        }

        var pieces = new List<Func<DateTimeOffset, string>>();
        for (var at = 0; at < pattern.Length;)
        {
            var letter = pattern[at];
            var end = at + 1;
            while (end < pattern.Length && pattern[end] == letter)
            {
                end++;
            }

            var run = pattern[at..end];
            if (Known.Contains(run))
            {
                // The percent sign makes a single letter a pattern of one's own making.
                var format = run.Length == 1 ? "%" + run : run;
                pieces.Add(time => time.ToString(format, CultureInfo.InvariantCulture));
            }
            else if (char.IsAsciiLetter(letter) && run != "T")
            {
                return null;
            }
            else
            {
                pieces.Add(_ => run);
            }

            at = end;
        }

        return time => pieces.Aggregate(new StringBuilder(), (text, piece) => text.Append(piece(time))).ToString();
    }
}

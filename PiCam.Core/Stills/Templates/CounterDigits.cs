using System.Globalization;

namespace PiCam.Core.Stills.Templates;

/// <summary>How many digits a counter has at least.</summary>
internal static class CounterDigits
{
    private const int Most = 9;

    /// <returns>1 to 9; null: no such format.</returns>
    public static int? Parse(string? format) => format switch
    {
        null => 1,
        { Length: >= 1 and <= Most } when format.All(c => c == '0') => format.Length,
        ['0', >= '1' and <= '9'] or ['0', >= '1' and <= '9', 'd'] => format[1] - '0',
        _ => null,
    };

    public static string Text(long number, int digits) => number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace PiCam.Blazor.Live.Controls;

/// <summary>Numbers as the options of a <see cref="SettingSelect"/>.</summary>
internal static class SettingNumber
{
    /// <summary>An option's value.</summary>
    public static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number of the option that a person chose.</summary>
    public static double Parse(string? text) => double.Parse(text ?? "", CultureInfo.InvariantCulture);

    /// <summary>The usual numbers, least first; one that a program set stands among them.</summary>
    public static IEnumerable<(string Value, string Text)> Options(double now, IEnumerable<double> usual, Func<double, string> say) =>
        usual.Append(now).Distinct().Order().Select(number => (Number(number), say(number)));
}

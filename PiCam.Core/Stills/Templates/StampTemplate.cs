using System.Globalization;
using System.Text;
using PiCam.Core.Photography;

namespace PiCam.Core.Stills.Templates;

/// <summary>
/// What a stamp says, such as <c>{name} {time:yyyy-MM-dd HH:mm:ss} {shutter} {iso}</c>; further fields are <c>{ev}</c>,
/// <c>{temperature}</c> (of the light), <c>{pan}</c>, <c>{tilt}</c> and <c>{counter:000}</c>. May have several lines.
/// </summary>
public sealed class StampTemplate
{
    /// <summary>The longest template, in characters.</summary>
    public const int Longest = 200;

    /// <summary>The longest text that is made of one, in characters; the rest is left away.</summary>
    public const int LongestFilled = 500;

    private static readonly OrderedDictionary<string, TemplateField<StampValues>> Fields = new(StringComparer.Ordinal)
    {
        ["name"] = TemplateField<StampValues>.Plain("name", v => v.Name),
        ["time"] = TemplateField<StampValues>.Time("time", v => v.Time),
        ["shutter"] = TemplateField<StampValues>.Plain("shutter", v => v.ExposureTime is { } time ? ShutterSpeed.Format(time) : Unknown),
        ["iso"] = TemplateField<StampValues>.Plain("iso", v => v.AnalogueGain is { } gain ? Iso.Format(gain) : Unknown),
        ["ev"] = TemplateField<StampValues>.Plain("ev", v => Number(v.ExposureValue, "+0.#;−0.#;0", " EV")),
        ["temperature"] = TemplateField<StampValues>.Plain("temperature", v => Number(v.ColourTemperature, "0", " K")),
        ["pan"] = TemplateField<StampValues>.Plain("pan", v => Number(v.Aim?.Pan, "0.0;−0.0;0.0", "°")),
        ["tilt"] = TemplateField<StampValues>.Plain("tilt", v => Number(v.Aim?.Tilt, "0.0;−0.0;0.0", "°")),
        ["counter"] = TemplateField<StampValues>.Counter("counter", v => v.Counter),
    };

    private const string Unknown = "–";

    private readonly IReadOnlyList<TemplatePart<StampValues>> parts;

    private StampTemplate(string text, IReadOnlyList<TemplatePart<StampValues>> parts)
    {
        (Text, this.parts) = (text, parts);
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>Whether what it says needs the picture's number.</summary>
    public bool HasCounter => parts.Any(p => p.Field == "counter");

    /// <param name="text">1 to <see cref="Longest"/> characters; <c>{{</c> and <c>}}</c> are braces.</param>
    /// <exception cref="InvalidValueException">It is too long or empty, has an unknown field or format, or a brace alone.</exception>
    public static StampTemplate Parse(string text) => new(text, TextTemplate.Parse(text, Longest, Fields));

    /// <summary>What is wrong with a template; empty: nothing.</summary>
    public static IReadOnlyList<InvalidValue> Check(string text) => TextTemplate.Check("template", text, Longest, Fields);

    /// <summary>The text to draw: at most <see cref="LongestFilled"/> characters, lines parted by a line feed, no other control characters.</summary>
    public string Fill(StampValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var filled = new StringBuilder();
        foreach (var part in parts)
        {
            // Only the template makes lines; a name cannot.
            var text = part.Text(values).ReplaceLineEndings(part.Field is null ? "\n" : " ");
            foreach (var rune in text.EnumerateRunes())
            {
                var shown = Rune.IsControl(rune) && rune.Value != '\n' ? new Rune(' ') : rune;
                if (filled.Length + shown.Utf16SequenceLength > LongestFilled)
                {
                    return filled.ToString();
                }

                filled.Append(shown.ToString());
            }
        }

        return filled.ToString();
    }

    private static string Number(double? value, string format, string unit) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) + unit : Unknown;
}

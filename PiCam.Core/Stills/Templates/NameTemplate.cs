using System.Globalization;
using System.Text;

namespace PiCam.Core.Stills.Templates;

/// <summary>What files are called, such as <c>image{counter:03}</c>; further fields are <c>{name}</c>, <c>{kind}</c> and <c>{time:yyyy-MM-dd}</c>.</summary>
public sealed class NameTemplate
{
    /// <summary>The longest template, in characters.</summary>
    public const int Longest = 100;

    private static readonly OrderedDictionary<string, TemplateField<NameValues>> Fields = new(StringComparer.Ordinal)
    {
        ["counter"] = TemplateField<NameValues>.Counter("counter", v => v.Counter),
        ["time"] = TemplateField<NameValues>.Time("time", v => v.Time),
        ["name"] = TemplateField<NameValues>.Plain("name", v => v.Name),
        ["kind"] = TemplateField<NameValues>.Plain("kind", v => v.Kind),
    };

    private static readonly string[] Endings = [".jpg", ".jpeg", ".mp4"];

    private readonly IReadOnlyList<TemplatePart<NameValues>> parts;

    private NameTemplate(string text, IReadOnlyList<TemplatePart<NameValues>> parts)
    {
        (Text, this.parts) = (text, parts);
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>Whether the names of a sequence differ by their counter.</summary>
    public bool HasCounter => parts.Any(p => p.Field == "counter");

    /// <param name="text">1 to <see cref="Longest"/> characters; <c>.jpg</c> at its end is left away, since the kind of file decides on it.</param>
    /// <exception cref="InvalidValueException">It is too long or empty, has an unknown field or format, or a brace alone.</exception>
    public static NameTemplate Parse(string text) => new(text, TextTemplate.Parse(WithoutEnding(text), Longest, Fields));

    /// <summary>What is wrong with a template; empty: nothing.</summary>
    /// <param name="text">The template.</param>
    /// <param name="field">What people know it by.</param>
    public static IReadOnlyList<InvalidValue> Check(string text, string field = "nameTemplate") => TextTemplate.Check(field, WithoutEnding(text), Longest, Fields);

    /// <summary>
    /// A file's name without its ending, safe as <see cref="SafeFileName"/> has it. What is too long loses characters where it
    /// has most of them, and its counter last: pictures of one sequence must not end up with one name.
    /// </summary>
    public string Fill(NameValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var texts = parts.Select(p => SafeFileName.Clean(p.Text(values))).ToArray();
        var cuttable = Enumerable.Range(0, texts.Length).Where(i => parts[i].Field != "counter").ToArray();
        while (true)
        {
            var name = SafeFileName.Of(string.Concat(texts));
            var longest = cuttable.Length == 0 ? -1 : cuttable.MaxBy(i => texts[i].Length);
            if (Encoding.UTF8.GetByteCount(name) <= SafeFileName.LongestBytes || longest < 0 || texts[longest].Length == 0)
            {
                return SafeFileName.Shorten(name);
            }

            texts[longest] = WithoutLast(texts[longest]);
        }
    }

    private static string WithoutEnding(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ending = Endings.FirstOrDefault(e => text.Length > e.Length && text.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return text[..^(ending?.Length ?? 0)];
    }

    // A letter with its accents goes as one.
    private static string WithoutLast(string text) => text[..StringInfo.ParseCombiningCharacters(text)[^1]];
}

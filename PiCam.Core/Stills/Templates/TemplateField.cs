namespace PiCam.Core.Stills.Templates;

/// <summary>A field that a template may have.</summary>
/// <param name="Formats">How it may be written, for people, such as "{counter}, {counter:000}".</param>
/// <param name="Bind">Takes the format, null without one, and gives what the field says; null: no such format.</param>
internal sealed record TemplateField<TValues>(string Formats, Func<string?, Func<TValues, string>?> Bind)
{
    /// <summary>A field without formats.</summary>
    public static TemplateField<TValues> Plain(string name, Func<TValues, string> text) =>
        new($"{{{name}}}", format => format is null ? text : null);

    /// <summary>A time; without a format as ISO 8601 has it, with a blank in the middle.</summary>
    public static TemplateField<TValues> Time(string name, Func<TValues, DateTimeOffset> time) => new(
        $"{{{name}}}, {{{name}:…}} with {TimePattern.Tokens}",
        format => TimePattern.Parse(format ?? "yyyy-MM-dd HH:mm:ss") is { } pattern ? values => pattern(time(values)) : null);

    /// <summary>A number, padded with zeros to as many digits as the format has, or as it says: 000, 03, or 03d as in Python.</summary>
    public static TemplateField<TValues> Counter(string name, Func<TValues, long> number) => new(
        $"{{{name}}}, {{{name}:000}}, {{{name}:03}}",
        format => CounterDigits.Parse(format) is { } digits ? values => CounterDigits.Text(number(values), digits) : null);
}

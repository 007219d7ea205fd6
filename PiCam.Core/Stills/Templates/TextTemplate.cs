using System.Text;

namespace PiCam.Core.Stills.Templates;

/// <summary>Text with fields in braces, <c>{name}</c> or <c>{name:format}</c>; <c>{{</c> and <c>}}</c> are braces.</summary>
internal static class TextTemplate
{
    /// <param name="text">1 to <paramref name="longest"/> characters.</param>
    /// <param name="longest">Characters.</param>
    /// <param name="fields">By name.</param>
    /// <exception cref="InvalidValueException">It is too long, has a field or a format that is not there, or a brace alone.</exception>
    public static IReadOnlyList<TemplatePart<TValues>> Parse<TValues>(
        string text, int longest, IReadOnlyDictionary<string, TemplateField<TValues>> fields)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > longest || string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidValueException(Refuse(text, Allowed.Text($"{longest}")));
        }

        var parts = new List<TemplatePart<TValues>>();
        var errors = new List<InvalidValue>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('{' or '}'))
            {
                plain.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == text[at])
            {
                plain.Append(text[at]);
                at++;
            }
            else if (text[at] == '{' && text.IndexOfAny(['{', '}'], at + 1) is var end and > 0 && text[end] == '}')
            {
                EndPlain();
                Field(text[(at + 1)..end]);
                at = end;
            }
            else
            {
                errors.Add(Refuse(text, Allowed.Braces));
                break;
            }
        }

        EndPlain();
        return errors.Count == 0 ? parts : throw new InvalidValueException(errors);

        void EndPlain()
        {
            if (plain.Length > 0)
            {
                var words = plain.ToString();
                parts.Add(new(null, _ => words));
                plain.Clear();
            }
        }

        void Field(string inner)
        {
            var colon = inner.IndexOf(':', StringComparison.Ordinal);
            var (name, format) = colon < 0 ? (inner, null) : (inner[..colon], inner[(colon + 1)..]);
            if (!fields.TryGetValue(name, out var field))
            {
                errors.Add(Refuse($"{{{inner}}}", Allowed.OneOf(string.Join(", ", fields.Keys.Select(k => $"{{{k}}}")))));
            }
            else if (field.Bind(format) is { } bound)
            {
                parts.Add(new(name, bound));
            }
            else
            {
                errors.Add(Refuse($"{{{inner}}}", Allowed.OneOf(field.Formats)));
            }
        }
    }

    /// <summary>What is wrong with a template; empty: nothing.</summary>
    /// <param name="field">What the template is called where it is set.</param>
    /// <param name="text">1 to <paramref name="longest"/> characters.</param>
    /// <param name="longest">Characters.</param>
    /// <param name="fields">By name.</param>
    public static IReadOnlyList<InvalidValue> Check<TValues>(
        string field, string text, int longest, IReadOnlyDictionary<string, TemplateField<TValues>> fields)
    {
        try
        {
            Parse(text, longest, fields);
            return [];
        }
        catch (InvalidValueException refused)
        {
            return [.. refused.Errors.Select(error => error with { Field = field })];
        }
    }

    private static InvalidValue Refuse(string value, Reason allowed) => new("template", $"\"{value}\"", allowed);
}

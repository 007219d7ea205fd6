using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;

namespace PiCam.Blazor.Api;

/// <summary>Reads the fields of a JSON object strictly, and gathers what is wrong with all of them before it complains.</summary>
internal sealed class JsonFields
{
    private const int LongestQuote = 80;

    private readonly Dictionary<string, JsonElement> fields = [];
    private readonly List<InvalidValue> errors = [];

    private JsonFields(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"An object is expected, not {Quote(root)}.");
        }

        try
        {
            foreach (var property in root.EnumerateObject())
            {
                fields[property.Name] = property.Value;
                ReadTexts(property.Value);
            }
        }
        catch (InvalidOperationException malformed)
        {
            // A lone surrogate, \ud800, is grammatical JSON and still no text.
            throw new JsonException("A name or a text is not valid Unicode.", malformed);
        }
    }

    /// <summary>Reads every text once, however deep, so that whoever takes it later finds it whole.</summary>
    private static void ReadTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
        }
    }

    /// <summary>The fields that are there, in the order of the document.</summary>
    public IReadOnlyDictionary<string, JsonElement> Present => fields;

    /// <summary>
    /// Reads a request's body for a caller who holds a permission. The service asks again; asking first keeps a viewer from
    /// learning anything from what is wrong with the body.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="permission">What the caller needs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="mayBeEmpty">Whether no body at all is as good as an empty object: for what has nothing that must be said.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not hold it.</exception>
    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    /// <exception cref="BadHttpRequestException">The body is too long or was cut off.</exception>
    public static async Task<(Caller Caller, JsonFields Fields)> ReadAsync(
        HttpContext context, Permission permission, CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        var caller = CallerFactory.From(context);
        caller.Demand(permission);
        if (mayBeEmpty && (context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false))
        {
            return (caller, Read("{}"u8.ToArray()));
        }

        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (caller, new JsonFields(document.RootElement.Clone()));
    }

    /// <summary>Reads a message of its own, as a socket brings it.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static JsonFields Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        return new JsonFields(document.RootElement.Clone());
    }

    /// <summary>The fields of an object inside a document.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static JsonFields Of(JsonElement element) => new(element);

    /// <summary>What was sent, short enough for an error message.</summary>
    public static string Quote(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
    }

    /// <summary>Complains about every field that is not in <paramref name="names"/>.</summary>
    public void Know(params ReadOnlySpan<string> names)
    {
        foreach (var (name, value) in fields)
        {
            if (!names.Contains(name))
            {
                errors.Add(new(name, Quote(value), names.IsEmpty
                    ? "no field"
                    : "one of the fields " + string.Join(", ", names.ToArray())));
            }
        }
    }

    /// <summary>A number; null if the field is absent, null, or no number (which is complained about).</summary>
    public double? Number(string name)
    {
        if (!fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }

        Complain(name, "a number");
        return null;
    }

    /// <summary>A whole number, whatever its range; null if the field is absent, null, or none (which is complained about).</summary>
    public int? WholeNumber(string name)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        if (number == Math.Floor(number) && Math.Abs(number) < int.MaxValue)
        {
            return (int)number;
        }

        Complain(name, "a whole number");
        return null;
    }

    /// <summary>A text; null if the field is absent, null, or no text (which is complained about).</summary>
    public string? Text(string name)
    {
        if (!fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Complain(name, "a text");
        return null;
    }

    /// <summary>One of an enumeration's names, as the API spells them; null if the field is absent, null, or none of them (which is complained about).</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var names = Enum.GetNames<T>().ToDictionary(ControlValues.Spell);
        if (names.TryGetValue(text, out var known))
        {
            return Enum.Parse<T>(known);
        }

        Complain(name, Allowed.OneOf(string.Join(", ", names.Keys)).English);
        return null;
    }

    /// <summary>True or false; null if the field is absent. Anything else is complained about.</summary>
    public bool? BooleanIfThere(string name) => fields.ContainsKey(name) ? Boolean(name) : null;

    /// <summary>True or false; anything else is complained about.</summary>
    /// <param name="name">The field's.</param>
    /// <param name="absent">What it is when the field is not there; null: that is complained about.</param>
    public bool Boolean(string name, bool? absent = null)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            if (absent is { } usual)
            {
                return usual;
            }

            errors.Add(new(name, "missing", "true or false"));
        }
        else if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Complain(name, "true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>Whether the field is there, and null.</summary>
    public bool IsNull(string name) => fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Whether the field is there; that it is missing is complained about.</summary>
    public bool Has(string name, string allowed, out JsonElement value)
    {
        if (fields.TryGetValue(name, out value))
        {
            return true;
        }

        errors.Add(new(name, "missing", allowed));
        return false;
    }

    /// <summary>As <see cref="Complain(string, string)"/>, for a field of which it may have been noted already that it is missing.</summary>
    public void ComplainIfThere(string name, string allowed)
    {
        if (fields.ContainsKey(name))
        {
            Complain(name, allowed);
        }
    }

    /// <summary>Notes that the field's value cannot be used.</summary>
    public void Complain(string name, string allowed) => errors.Add(new(name, Quote(fields[name]), allowed));

    /// <summary>The same for a value inside one of the fields.</summary>
    /// <param name="path">Its name with those around it.</param>
    /// <param name="value">What was sent; nothing: it is not to be repeated.</param>
    /// <param name="allowed">What may be there.</param>
    public void Complain(string path, JsonElement value, string allowed) =>
        errors.Add(new(path, value.ValueKind == JsonValueKind.Undefined ? "of another kind" : Quote(value), allowed));

    /// <exception cref="InvalidValueException">There was something to complain about.</exception>
    public void Refuse()
    {
        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }
    }
}

using System.Globalization;
using PiCam.Core;

namespace PiCam.Blazor.Configuration;

/// <summary>A key of the configuration that the owner may set from the page.</summary>
/// <param name="Name">As the configuration has it, such as <c>Camera:Width</c>.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Usual">What it is when nobody says so; null: nothing.</param>
public sealed record PanelKey(string Name, SettingKind Kind, string? Usual = null)
{
    /// <summary>It may hold a user and a password, which leave this program only to the camera.</summary>
    public bool IsSecret { get; init; }

    /// <summary>As the HTTP API and errors spell it, such as <c>camera.width</c>.</summary>
    public string Field => string.Join('.', Name.Split(':').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));

    /// <summary>Whether a key of the configuration belongs to it: itself, or one entry of a list.</summary>
    public bool Owns(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Equals(Name, StringComparison.OrdinalIgnoreCase)
            || (Kind == SettingKind.List && key.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(key.AsSpan(Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    /// <summary>Its value among those of a configuration; null: there is none.</summary>
    public string? Read(IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var own = values.Where(pair => Owns(pair.Key) && pair.Value is not null)
            .OrderBy(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value!).ToList();
        return own.Count == 0 ? null : string.Join(' ', own);
    }

    /// <summary>Its keys and values in a configuration.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Kind == SettingKind.List
            ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select((entry, index) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"{Name}:{index}"), (string?)entry))
            : [KeyValuePair.Create(Name, (string?)value)];
    }

    /// <summary>What is wrong with the way a value is written; null: nothing. Its range is the business of the validators.</summary>
    public InvalidValue? Check(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isFit = Kind switch
        {
            SettingKind.Whole => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            SettingKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
            SettingKind.Boolean => bool.TryParse(value, out _),
            _ => !value.Any(char.IsControl) && value.Length <= 2000,
        };
        return isFit ? null : new InvalidValue(Field, Shown(value)!, Kind switch
        {
            SettingKind.Whole => PanelKeys.AWholeNumber,
            SettingKind.Number => Allowed.AnyNumber,
            SettingKind.Boolean => Allowed.OneOf("true, false"),
            _ => Allowed.Text("2000"),
        });
    }

    /// <summary>The value as people may see it.</summary>
    public string? Shown(string? value) => IsSecret && value is not null ? SecretAddress.Mask(value) : value;
}

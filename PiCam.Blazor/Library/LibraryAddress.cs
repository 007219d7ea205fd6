using System.Globalization;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>What the library's page shows, as its address says it: links and the browser's Back work.</summary>
public sealed record LibraryAddress
{
    /// <summary>The page's path.</summary>
    public const string Path = "/library";

    /// <summary>Only this kind; null: all of them.</summary>
    public MediaKind? Kind { get; init; }

    /// <summary>Taken on this day or later, where the panel is.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Taken on this day or earlier, where the panel is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Taken at the gimbal's preset of this id.</summary>
    public string? Preset { get; init; }

    /// <summary>In the name.</summary>
    public string? Text { get; init; }

    /// <summary>The run that is open; null: the runs are collapsed.</summary>
    public string? Sequence { get; init; }

    /// <summary>What is shown large.</summary>
    public string? Item { get; init; }

    /// <summary>Two ids with a comma between: what is shown side by side.</summary>
    public string? Compare { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsFiltered => Kind is not null || From is not null || To is not null || Preset is not null || Text is not null;

    /// <summary>The same place in the library with nothing shown large.</summary>
    public LibraryAddress Place => this with { Item = null, Compare = null };

    /// <summary>A day as an address and a date field have it; null: it is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A kind as an address has it; null: it is none.</summary>
    public static MediaKind? KindOf(string? text) =>
        text is [>= 'A' and <= 'z', ..] && Enum.TryParse<MediaKind>(text, ignoreCase: true, out var kind) ? kind : null;

    /// <summary>What to ask the library for.</summary>
    /// <param name="zone">The panel's.</param>
    public MediaQuery Query(TimeZoneInfo zone) => new()
    {
        Kinds = Kind is { } kind ? [kind] : [],
        From = Midnight(From, zone),
        To = Midnight(To is { } last && last < DateOnly.MaxValue ? last.AddDays(1) : null, zone),
        Preset = Preset,
        Text = Text,
        Sequence = Sequence,
        CollapsesSequences = true,
    };

    /// <summary>With everything escaped: names and texts are anybody's.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] parts =
        [
            ("kind", Kind?.ToString()),
            ("from", From?.ToString("O", CultureInfo.InvariantCulture)),
            ("to", To?.ToString("O", CultureInfo.InvariantCulture)),
            ("preset", Preset),
            ("text", Text),
            ("sequence", Sequence),
            ("item", Item),
            ("compare", Compare),
        ];
        var query = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    private static DateTimeOffset? Midnight(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } there)
        {
            return null;
        }

        var midnight = there.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}

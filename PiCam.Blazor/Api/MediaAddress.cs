using System.Globalization;
using PiCam.Core;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Which part of the library an address asks for; each part may be absent.</summary>
/// <param name="Cursor">A page's next.</param>
/// <param name="Count">Entries of a page, 1 to 200 (60).</param>
/// <param name="Kind">Kinds, with commas between.</param>
/// <param name="From">Taken then or later; ISO 8601 with an offset, without one where the panel is.</param>
/// <param name="To">Taken before.</param>
/// <param name="Preset">A preset's id.</param>
/// <param name="Sequence">A run's id.</param>
/// <param name="Text">In the name.</param>
/// <param name="Collapse">true: one entry for each run.</param>
internal sealed record MediaAddress(
    string? Cursor, string? Count, string? Kind, string? From, string? To, string? Preset, string? Sequence, string? Text, string? Collapse)
{
    /// <exception cref="InvalidValueException">Something cannot be read.</exception>
    public MediaQuery Read(TimeProvider time)
    {
        var errors = new List<InvalidValue>();
        var query = new MediaQuery
        {
            Before = Cursor is null ? null : MediaCursor.TryParse(Cursor, out var before) ? before : Refused<MediaCursor?>("cursor", Cursor, "the next of a page"),
            Count = string.IsNullOrEmpty(Count) ? new MediaQuery().Count
                : int.TryParse(Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MediaQuery.MostPerPage ? count
                : Refused<int>("count", Count, Allowed.WholeRange("1", $"{MediaQuery.MostPerPage}")),
            Kinds = [.. (Kind ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(KindOf)],
            From = TimeOf("from", From),
            To = TimeOf("to", To),
            Preset = Preset,
            Sequence = Sequence,
            Text = Text,
            CollapsesSequences = Collapse switch
            {
                null or "" or "false" => false,
                "true" => true,
                _ => Refused<bool>("collapse", Collapse, "true or false"),
            },
        };
        return errors.Count == 0 ? query : throw new InvalidValueException(errors);

        T? Refused<T>(string field, string value, Reason allowed)
        {
            errors.Add(new InvalidValue(field, $"\"{value}\"", allowed));
            return default;
        }

        MediaKind KindOf(string name) => Enum.TryParse<MediaKind>(name, ignoreCase: true, out var kind) && char.IsAsciiLetter(name[0])
            ? kind
            : Refused<MediaKind>("kind", name, "some of still, burst, bracket, focus, timeLapse, film, recording");

        DateTimeOffset? TimeOf(string field, string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            return IsoTime.Read(text, time.LocalTimeZone) ?? Refused<DateTimeOffset?>(field, text, "a time such as 2026-11-23T08:00:00+01:00");
        }
    }
}

using System.Text.RegularExpressions;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.TimeLapses;

/// <summary>What the pictures of a time-lapse are called.</summary>
internal sealed partial class TimeLapseNames(TimeLapsePlan plan)
{
    private const string Kind = "timelapse";

    private readonly NameTemplate template = NameTemplate.Parse(plan.Template);

    /// <summary>Whether the number stands in the name.</summary>
    public bool AreNumbered => template.HasCounter;

    /// <summary>The name of a picture.</summary>
    public string Of(int number, DateTimeOffset takenAt) => template.Fill(new NameValues(plan.Name, Kind, takenAt, number));

    /// <summary>The number in a picture's name; null: it has none.</summary>
    /// <param name="name">Perhaps with the number behind it that the library gives to names that are taken.</param>
    /// <param name="takenAt">When it was taken.</param>
    public int? Number(string name, DateTimeOffset takenAt) => !AreNumbered ? null : Digits().Matches(name)
        .Select(digits => int.TryParse(digits.ValueSpan, out var number) ? number : 0)
        .Where(number => number > 0 && name.StartsWith(Of(number, takenAt), StringComparison.Ordinal))
        .Max(number => (int?)number);

    [GeneratedRegex("[0-9]{1,9}")]
    private static partial Regex Digits();
}

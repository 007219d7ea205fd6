using System.Globalization;

namespace PiCam.Core;

/// <summary>A refused value.</summary>
/// <param name="Field">The field's name as the HTTP API spells it, such as <c>exposureTime</c>.</param>
/// <param name="Value">The value as it was given, with its unit.</param>
/// <param name="Allowed">What is allowed, with the unit, such as "14 µs to 65 535 µs".</param>
public sealed record InvalidValue(string Field, string Value, Reason Allowed)
{
    /// <summary>What is wrong with a whole number; empty when it is in its range.</summary>
    /// <param name="field">As <see cref="Field"/>.</param>
    /// <param name="value">The number.</param>
    /// <param name="from">The least that is allowed.</param>
    /// <param name="to">The most that is allowed.</param>
    internal static IEnumerable<InvalidValue> CheckWhole(string field, int value, int from, int to) => value >= from && value <= to
        ? []
        : [new(field, Text(value), Core.Allowed.WholeRange(Text(from), Text(to)))];

    /// <summary>A member's name as <see cref="Field"/> spells it.</summary>
    internal static string Spell(string member) => char.ToLowerInvariant(member[0]) + member[1..];

    /// <summary>For example "exposureTime is 5 µs; allowed is 14 µs to 65535 µs."</summary>
    public override string ToString() => $"{Field} is {Value}; allowed is {Allowed}.";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

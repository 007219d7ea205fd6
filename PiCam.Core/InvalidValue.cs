namespace PiCam.Core;

/// <summary>A refused value.</summary>
/// <param name="Field">The field's name as the HTTP API spells it, such as <c>exposureTime</c>.</param>
/// <param name="Value">The value as it was given, with its unit.</param>
/// <param name="Allowed">What is allowed, with the unit, such as "14 µs to 65 535 µs".</param>
public sealed record InvalidValue(string Field, string Value, Reason Allowed)
{
    /// <summary>For example "exposureTime is 5 µs; allowed is 14 µs to 65535 µs."</summary>
    public override string ToString() => $"{Field} is {Value}; allowed is {Allowed}.";
}

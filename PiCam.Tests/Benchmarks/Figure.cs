namespace PiCam.Benchmarks;

/// <summary>One figure that was measured.</summary>
/// <param name="Scenario">Where.</param>
/// <param name="Name">Of what.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="Bar">What is wanted, such as "≤ 2"; null: it is for information.</param>
/// <param name="Holds">Whether it is so; null without a bar.</param>
internal sealed record Figure(string Scenario, string Name, double Value, string Unit, string? Bar, bool? Holds);

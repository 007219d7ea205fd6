using System.Globalization;

namespace PiCam.Core.Stills;

/// <summary>The ends of a field's values, both included.</summary>
internal readonly record struct ExifRange(double Minimum, double Maximum)
{
    public bool Holds(double? value) => value is null || (value >= Minimum && value <= Maximum);

    public Reason Allowed => Core.Allowed.Range(Text(Minimum), Text(Maximum));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

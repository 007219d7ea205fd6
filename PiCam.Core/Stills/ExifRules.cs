using System.Globalization;

namespace PiCam.Core.Stills;

/// <summary>Which <see cref="ExifFields"/> can be written.</summary>
internal static class ExifRules
{
    public static readonly ExifRange LensPosition = new(0, 1000);
    public static readonly ExifRange ExposureBias = new(-100, 100);

    // A rational is two numbers of 32 bits; in microseconds that is a little more.
    private static readonly TimeSpan LongestExposure = TimeSpan.FromSeconds(4294);

    public static bool Fits(TimeSpan? exposureTime) => exposureTime is null || (exposureTime > TimeSpan.Zero && exposureTime <= LongestExposure);

    public static IEnumerable<InvalidValue> Check(ExifFields fields)
    {
        if (!Fits(fields.ExposureTime))
        {
            yield return new("exposureTime", $"{Text(fields.ExposureTime!.Value.TotalSeconds)} s", Allowed.AboveUpTo("0 s", "4294 s"));
        }

        (string Name, double? Value, ExifRange Range)[] numbers =
        [
            ("iso", fields.Iso, new(1, ushort.MaxValue)),
            ("fNumber", fields.FNumber, new(0.1, 1000)),
            ("focalLength", fields.FocalLength, new(0.1, 10_000)),
            ("focalLengthIn35Millimetres", fields.FocalLengthIn35Millimetres, new(1, ushort.MaxValue)),
            ("exposureBias", fields.ExposureBias, ExposureBias),
            ("lensPosition", fields.LensPosition, LensPosition),
            ("orientation", fields.Orientation, new(1, 8)),
            ("pan", fields.Aim?.Pan, new(-360, 360)),
            ("tilt", fields.Aim?.Tilt, new(-360, 360)),
        ];
        foreach (var (name, value, range) in numbers.Where(n => !n.Range.Holds(n.Value)))
        {
            yield return new(name, Text(value!.Value), range.Allowed);
        }

        foreach (var (name, text) in new[] { ("make", fields.Make), ("model", fields.Model), ("software", fields.Software) })
        {
            if (text is not null && (text.Trim().Length is 0 or > ExifFields.LongestName || text.Any(c => c is < ' ' or > '~')))
            {
                yield return new(name, $"\"{text}\"", Allowed.AsciiText($"{ExifFields.LongestName}"));
            }
        }

        if (fields.Description is { Length: > ExifFields.LongestDescription } description)
        {
            yield return new("description", $"\"{description[..20]}…\"", Allowed.Text($"{ExifFields.LongestDescription}"));
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Serialization;

namespace PiCam.Core.Cameras;

/// <summary>A size in pixels.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    private const double ShapeTolerance = 0.01;

    // Sensors have a few pixels more or less than their shape wants: 4056×3040, 3280×2464.
    private static readonly (int Width, int Height)[] UsualShapes = [(4, 3), (16, 9), (3, 2), (1, 1), (5, 4), (16, 10), (2, 1)];

    /// <summary>For example "16:9"; what is a hundredth away from no usual shape, "1.85:1".</summary>
    [JsonIgnore]
    public string Shape
    {
        get
        {
            var ratio = (double)Width / Height;
            foreach (var (width, height) in UsualShapes)
            {
                if (IsNear((double)width / height))
                {
                    return $"{width}:{height}";
                }

                if (IsNear((double)height / width))
                {
                    return $"{height}:{width}";
                }
            }

            return string.Create(CultureInfo.InvariantCulture, $"{ratio:0.##}:1");

            bool IsNear(double usual) => Math.Abs((ratio / usual) - 1) < ShapeTolerance;
        }
    }

    /// <summary>For example "1280×720".</summary>
    public override string ToString() => $"{Width}×{Height}";
}

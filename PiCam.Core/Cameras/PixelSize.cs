using System.Globalization;
using System.Text.Json.Serialization;

namespace PiCam.Core.Cameras;

/// <summary>A size in pixels.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    private const int MostOfShape = 16;

    /// <summary>For example "16:9"; where no small whole numbers fit, "1.37:1".</summary>
    [JsonIgnore]
    public string Shape
    {
        get
        {
            var (width, height) = (Width, Height);
            while (height != 0)
            {
                (width, height) = (height, width % height);
            }

            return Height / width <= MostOfShape
                ? $"{Width / width}:{Height / width}"
                : string.Create(CultureInfo.InvariantCulture, $"{(double)Width / Height:0.##}:1");
        }
    }

    /// <summary>For example "1280×720".</summary>
    public override string ToString() => $"{Width}×{Height}";
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// A part of the world as texels: columns are pan angles, rows elevations. A texel holds the square root of the linear
/// radiance, 10 bits per colour, because that spends the bits as the eye (and photon noise) does.
/// </summary>
internal sealed class SceneTexture
{
    /// <summary>The brightest radiance that a texel can hold; 1 is white paper.</summary>
    public const float BrightestRadiance = 4;

    private const double DenseDegrees = 30;
    private const double UpperSpread = 40;
    private const double LowerSpread = 10;

    private readonly double topPosition;

    /// <param name="left">Degrees of pan at the left edge.</param>
    /// <param name="right">Degrees of pan at the right edge.</param>
    /// <param name="top">Degrees of elevation at the top edge.</param>
    /// <param name="bottom">Degrees of elevation at the bottom edge.</param>
    /// <param name="texelsPerDegree">Across, everywhere; from top to bottom within 30° of the horizon.</param>
    public SceneTexture(double left, double right, double top, double bottom, int texelsPerDegree)
    {
        (Left, Right, Top, Bottom, TexelsPerDegree) = (left, right, top, bottom, texelsPerDegree);
        topPosition = Position(top);
        Width = (int)Math.Round((right - left) * texelsPerDegree);
        Height = (int)Math.Ceiling((topPosition - Position(bottom)) * texelsPerDegree) + 1;

        // What is never painted then takes no memory: the pages of a large array come when they are touched.
        Texels = GC.AllocateUninitializedArray<uint>(Width * Height);
    }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public int TexelsPerDegree { get; }

    public int Width { get; }

    public int Height { get; }

    public uint[] Texels { get; }

    /// <summary>The column of a pan angle; a texel's centre is a whole number.</summary>
    public double Column(double panDegrees) => ((panDegrees - Left) * TexelsPerDegree) - 0.5;

    /// <summary>The row of an elevation; a texel's centre is a whole number.</summary>
    public double Row(double elevationDegrees) => ((topPosition - Position(elevationDegrees)) * TexelsPerDegree) - 0.5;

    /// <summary>Degrees of pan at a column's centre.</summary>
    public double PanAt(int column) => Left + ((column + 0.5) / TexelsPerDegree);

    /// <summary>Degrees of elevation at a row's centre.</summary>
    public double ElevationAt(int row) => Elevation(topPosition - ((row + 0.5) / TexelsPerDegree));

    /// <summary>Radiance to texel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector3 radiance)
    {
        var v = Vector3.SquareRoot(Vector3.Clamp(radiance, Vector3.Zero, new Vector3(BrightestRadiance)))
            * (1023 / MathF.Sqrt(BrightestRadiance));
        return (uint)(v.X + 0.5f) | ((uint)(v.Y + 0.5f) << 10) | ((uint)(v.Z + 0.5f) << 20);
    }

    /// <summary>Texel to radiance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Unpack(uint texel)
    {
        var v = new Vector3(texel & 1023, (texel >> 10) & 1023, (texel >> 20) & 1023) * (MathF.Sqrt(BrightestRadiance) / 1023);
        return v * v;
    }

    // Dense around the horizon, where the things are; ever coarser towards zenith and nadir, where there is sky and stone.
    private static double Position(double elevation) => elevation switch
    {
        > DenseDegrees => DenseDegrees + (UpperSpread * Math.Atan((elevation - DenseDegrees) / UpperSpread)),
        < -DenseDegrees => -DenseDegrees + (LowerSpread * Math.Atan((elevation + DenseDegrees) / LowerSpread)),
        _ => elevation,
    };

    private static double Elevation(double position) => position switch
    {
        > DenseDegrees => Math.Min(90, DenseDegrees + (UpperSpread * Math.Tan(Math.Min(1.5, (position - DenseDegrees) / UpperSpread)))),
        < -DenseDegrees => Math.Max(-90, -DenseDegrees + (LowerSpread * Math.Tan(Math.Max(-1.5, (position + DenseDegrees) / LowerSpread)))),
        _ => position,
    };
}

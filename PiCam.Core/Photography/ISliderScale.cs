namespace PiCam.Core.Photography;

/// <summary>The discrete values of a slider.</summary>
public interface ISliderScale
{
    /// <summary>The values, ascending; both ends included.</summary>
    IReadOnlyList<double> Values { get; }

    /// <summary>The number of the last value; positions run from 0 to here.</summary>
    int Last { get; }

    /// <summary>Where a value lies on the scale, with fractions; values outside lie at the ends.</summary>
    double Position(double value);
}

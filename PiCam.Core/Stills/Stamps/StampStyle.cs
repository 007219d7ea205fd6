using System.Globalization;

namespace PiCam.Core.Stills.Stamps;

/// <summary>How a stamp looks. The text is white.</summary>
public sealed record StampStyle
{
    private const double SmallestHeight = 0.01;
    private const double LargestHeight = 0.2;
    private const double LeastOpacity = 0.1;

    public StampCorner Corner { get; init; }

    /// <summary>Whether it is in the lower half of the picture.</summary>
    internal bool IsAtBottom => Corner is StampCorner.BottomLeft or StampCorner.BottomRight;

    /// <summary>Of one line, as a part of the picture's height: 0.01 to 0.2. Text that has no room at that height is drawn smaller.</summary>
    public double Height { get; init; } = 0.035;

    /// <summary>0.1 to 1; 1 hides what is behind.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Whether a dark box is behind the text; else its letters have dark edges.</summary>
    public bool HasBox { get; init; } = true;

    /// <summary>What is wrong with it; empty: nothing.</summary>
    public IReadOnlyList<InvalidValue> Check()
    {
        var errors = new List<InvalidValue>();
        if (!Enum.IsDefined(Corner))
        {
            errors.Add(new("corner", Corner.ToString(), Allowed.OneOf(string.Join(", ", Enum.GetNames<StampCorner>()))));
        }

        if (Height is not (>= SmallestHeight and <= LargestHeight))
        {
            errors.Add(new("height", Text(Height), Allowed.Range(Text(SmallestHeight), Text(LargestHeight))));
        }

        if (Opacity is not (>= LeastOpacity and <= 1))
        {
            errors.Add(new("opacity", Text(Opacity), Allowed.Range(Text(LeastOpacity), "1")));
        }

        return errors;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

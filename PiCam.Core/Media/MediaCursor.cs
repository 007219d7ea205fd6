using System.Globalization;

namespace PiCam.Core.Media;

/// <summary>A place between two entries of the library in its order; stays right while others add and delete.</summary>
/// <param name="TakenAt">Of the entry before it, in 100 ns of UTC.</param>
/// <param name="Id">Tells entries of the same time apart.</param>
public readonly record struct MediaCursor(long TakenAt, string Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out MediaCursor cursor)
    {
        cursor = default;
        if (text?.Split('-') is not [var ticks, { Length: 32 } id]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var takenAt)
            || !id.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        cursor = new MediaCursor(takenAt, id);
        return true;
    }

    /// <summary>Fit for an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TakenAt}-{Id}");
}

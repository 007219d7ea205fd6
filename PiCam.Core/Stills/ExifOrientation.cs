using PiCam.Core.Cameras;

namespace PiCam.Core.Stills;

/// <summary>Exif's eight ways to turn and mirror a picture.</summary>
public static class ExifOrientation
{
    /// <summary>Nothing is left to do.</summary>
    public const int Upright = 1;

    /// <summary>Whether width and height change places.</summary>
    public static bool IsQuarterTurn(int orientation) => orientation >= 5;

    /// <summary>What is left for a viewer of the camera's own pictures to do now, 1 to 8.</summary>
    public static int Of(CameraState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Capabilities is { } capabilities ? Of(Orientation.Of(state.Asked, capabilities.Flips)) : Upright;
    }

    // By quarter turns clockwise.
    private static readonly int[] Turned = [1, 6, 3, 8];
    private static readonly int[] TurnedThenMirrored = [2, 5, 4, 7];

    /// <summary>What is left for a viewer to do, 1 to 8: the part of the page.</summary>
    public static int Of(Orientation orientation)
    {
        // Mirroring top to bottom is half a turn and mirroring left to right.
        var quarters = (((int)orientation.PageRotation / 90) + (orientation.PageVerticalFlip ? 2 : 0)) % 4;
        return (orientation.PageHorizontalFlip ^ orientation.PageVerticalFlip ? TurnedThenMirrored : Turned)[quarters];
    }
}

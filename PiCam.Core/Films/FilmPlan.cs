using PiCam.Core.Cameras;

namespace PiCam.Core.Films;

/// <summary>What an encoder is to make of a run's pictures.</summary>
/// <param name="Size">Of the film; even both ways. Pictures of another shape get black bars.</param>
/// <param name="Orientation">How the pictures are to be turned and mirrored, 1 to 8 as in Exif.</param>
/// <param name="Settings">All else.</param>
public sealed record FilmPlan(PixelSize Size, int Orientation, FilmSettings Settings)
{
    /// <summary>The plan for pictures like one of them.</summary>
    /// <param name="picture">Its size as it is stored, before it is turned.</param>
    /// <param name="orientation">1 to 8 as in Exif.</param>
    /// <param name="settings">What was asked for.</param>
    public static FilmPlan For(PixelSize picture, int orientation, FilmSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);

        // From 5 on there is a quarter turn in it.
        var (width, height) = orientation >= 5 ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var scale = Math.Min(1, (double)settings.Height / height);
        return new FilmPlan(new PixelSize(Even(width * scale), Even(height * scale)), orientation, settings);
    }

    // H.264 keeps colour for squares of two by two pixels.
    private static int Even(double pixels) => Math.Max(2, (int)Math.Round(pixels / 2) * 2);
}

using System.Globalization;

namespace PiCam.Core.Cameras;

/// <summary>Why there is no still, in words for the person at the page.</summary>
public static class StillFailure
{
    /// <summary>What came cannot be decoded.</summary>
    public static Reason Broken { get; } = new("The picture that the camera took is broken.", "still.broken");

    /// <param name="error">What happened, in English, as a clause.</param>
    public static Reason Failed(string error) => new($"The camera did not take the picture: {error}.", "still.failed", error);

    /// <param name="patience">How long it was waited for.</param>
    public static Reason Late(TimeSpan patience)
    {
        var seconds = patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new($"The camera did not take the picture within {seconds} s.", "still.late", seconds);
    }

    /// <param name="program">Such as rpicam-still.</param>
    public static Reason ProgramMissing(string program) =>
        new($"{program} is not installed, which takes the pictures. Run: sudo apt install rpicam-apps.", "still.programMissing", program);
}

namespace PiCam.Core.Films;

/// <summary>Why a film is not made, and what to do about it.</summary>
public static class FilmFault
{
    public static Reason NoFfmpeg { get; } = new(
        "Films are made by ffmpeg, which is not installed. On the machine that PiCam runs on: sudo apt install ffmpeg.", "film.noFfmpeg");

    public static Reason NoEncoder { get; } = new(
        "The installed ffmpeg cannot make H.264 films, as it was built without libx264. Install the system's own: sudo apt install ffmpeg.", "film.noEncoder");

    public static Reason NoPictures { get; } = new("Fewer than two of the pictures are there and can be read.", "film.noPictures");

    public static Reason Interrupted { get; } = new(
        "PiCam was interrupted three times while it made this film, and does not begin again by itself.", "film.interrupted");

    public static Reason InterruptedAfter { get; } = new(
        "The film is there, but PiCam was interrupted before it could delete the pictures. They are kept.", "film.interruptedAfter");

    public static Reason TooMany { get; } = new("Too many films are waiting to be made. Try again when some are done.", "film.tooMany");

    /// <param name="pictures">How many are not in the film; which ones is not known.</param>
    public static Reason PicturesKept(string pictures) => new(
        $"The film is there, but {pictures} of the pictures could not be decoded and are not in it. So none was deleted.", "film.picturesKept", pictures);

    /// <param name="seen">How many of the film's pictures could be decoded.</param>
    /// <param name="made">How many there should be.</param>
    public static Reason Unverified(string seen, string made) => new(
        $"The film was made, but only {seen} of its {made} pictures could be read back. It was thrown away; the pictures are kept.", "film.unverified", seen, made);

    /// <param name="id">As it was asked for.</param>
    public static Reason Missing(string id) => new($"There is no film {id} among those that are being made or were made since PiCam started.", "film.missing", id);

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Failed(string error) => new($"The film could not be made: {error}.", "film.failed", error);
}

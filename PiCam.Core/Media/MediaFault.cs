namespace PiCam.Core.Media;

/// <summary>Why a picture or film is not kept, deleted or found, and what to do about it.</summary>
public static class MediaFault
{
    public static Reason Full { get; } = new(
        "The disk is full: nothing new is kept. Delete pictures and films that you no longer need, or make room on the disk.", "media.full");

    public static Reason ReadOnly { get; } = new(
        "PiCam cannot write to its folder for pictures and films: nothing new is kept. If the disk has become read-only, its card may be "
        + "failing: save what is on it. Else give the folder back to the user that PiCam runs as.",
        "media.readOnly");

    public static Reason NoFfmpeg { get; } = new(
        "Films are looked into by ffmpeg, which is not installed. On the machine that PiCam runs on: sudo apt install ffmpeg.", "media.noFfmpeg");

    public static Reason NothingThere { get; } = new("The film shows nothing there that can be decoded.", "media.nothingThere");

    public static Reason NotCopied { get; } = new("The copy of the film is not the same as the film, so it was thrown away.", "media.notCopied");

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Film(string error) => new($"Nothing could be done with the film: {error}.", "media.film", error);

    /// <param name="error">What the system said, in English.</param>
    public static Reason Failed(string error) => new($"The picture or film could not be kept: {error}", "media.failed", error);

    /// <param name="id">As it was asked for.</param>
    public static Reason Missing(string id) => new($"There is no picture or film {id}.", "media.missing", id);

    /// <param name="names">Of what is protected.</param>
    public static Reason Protected(string names) => new($"Protected, so not deleted: {names}.", "media.protected", names);
}

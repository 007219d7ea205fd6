namespace PiCam.Core.Sequences;

/// <summary>Why there is no sequence, in words for the person at the page.</summary>
public static class SequenceFault
{
    /// <summary>This camera's lens does not move.</summary>
    public static Reason LensFixed { get; } =
        new("The lens of this camera does not move, so there is no focus series.", "sequence.lensFixed");

    /// <summary>This camera's exposure cannot be set.</summary>
    public static Reason ExposureFixed { get; } =
        new("The exposure of this camera cannot be set, so there is no bracket.", "sequence.exposureFixed");

    /// <summary>The camera does not tell what automatic exposure has chosen.</summary>
    public static Reason ExposureUnknown { get; } = new(
        "The camera does not say which exposure it uses. Set the shutter by hand first; the bracket lies around it then.", "sequence.exposureUnknown");

    /// <param name="by">Who takes it.</param>
    public static Reason UnderWay(string by) =>
        new($"A sequence of {by} is under way. Wait for its end, or stop it.", "sequence.underWay", by);

    public static Reason Missing(string id) => new($"There is no sequence {id}.", "sequence.missing", id);

    /// <param name="error">What happened, in English.</param>
    public static Reason Failed(string error) => new($"The sequence failed: {error}", "sequence.failed", error);
}

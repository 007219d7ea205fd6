namespace PiCam.Core.Films;

/// <summary>How far a film is.</summary>
public enum FilmState
{
    /// <summary>Others are made before it.</summary>
    Queued,

    /// <summary>Its pictures are put together.</summary>
    Making,

    /// <summary>It is decoded from beginning to end.</summary>
    Verifying,

    /// <summary>It is in the library.</summary>
    Done,

    /// <summary>It could not be made; all pictures are there.</summary>
    Failed,

    /// <summary>Somebody stopped it; all pictures are there.</summary>
    Cancelled,
}

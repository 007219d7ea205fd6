namespace PiCam.Core.Gimbals.Calibration;

/// <summary>What a check for trembling found.</summary>
public enum JitterVerdict
{
    /// <summary>The picture is no more restless with pulses than without.</summary>
    Steady,

    /// <summary>The picture trembles while the servo is held.</summary>
    Trembles,

    /// <summary>Something moves in the picture, so that nothing can be said.</summary>
    SceneMoves,

    /// <summary>The camera gave too few pictures.</summary>
    NoPicture,
}

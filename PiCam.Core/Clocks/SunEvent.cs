namespace PiCam.Core.Clocks;

/// <summary>What the sun does on most days.</summary>
public enum SunEvent
{
    /// <summary>Civil: the sun's centre is 6° below the horizon, and it is light enough outside.</summary>
    Dawn,

    /// <summary>The sun's upper edge shows.</summary>
    Sunrise,

    /// <summary>The sun's upper edge goes.</summary>
    Sunset,

    /// <summary>Civil: the sun's centre is 6° below the horizon, and it gets dark.</summary>
    Dusk,
}

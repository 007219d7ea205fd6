namespace PiCam.Core.Media;

/// <summary>What somebody did to get a picture or a film.</summary>
public enum MediaKind
{
    /// <summary>One picture.</summary>
    Still,

    /// <summary>One of several pictures taken as fast as they come.</summary>
    Burst,

    /// <summary>One of several pictures of different exposures.</summary>
    Bracket,

    /// <summary>One of several pictures of different focus.</summary>
    Focus,

    /// <summary>One picture of a time-lapse.</summary>
    TimeLapse,

    /// <summary>A film made of a time-lapse's pictures.</summary>
    Film,

    /// <summary>A film as the camera saw it.</summary>
    Recording,
}

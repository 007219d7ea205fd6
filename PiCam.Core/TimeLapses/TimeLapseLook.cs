namespace PiCam.Core.TimeLapses;

/// <summary>How the pictures of a time-lapse are exposed.</summary>
public enum TimeLapseLook
{
    /// <summary>As the camera is set when each is taken; what is automatic follows the scene at once.</summary>
    Automatic,

    /// <summary>As automatic exposure would, but from picture to picture by an eighth of a stop at most.</summary>
    Smooth,

    /// <summary>All alike: the look is locked when it starts, and released when it ends.</summary>
    Locked,
}

namespace PiCam.Core.Photography.Looks;

/// <summary>Whether exposure and white balance are frozen.</summary>
public enum LookCondition
{
    /// <summary>What is automatic follows the scene.</summary>
    Free,

    /// <summary>What is automatic is given time to come to rest, to be frozen then.</summary>
    Settling,

    /// <summary>What was automatic stays as it was when it had come to rest.</summary>
    Locked,
}

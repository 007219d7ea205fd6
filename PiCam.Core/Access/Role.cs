namespace PiCam.Core.Access;

/// <summary>What a person or token is trusted with; each role includes the ones below it.</summary>
public enum Role
{
    Viewer = 0,
    Operator = 1,
    Administrator = 2,
}

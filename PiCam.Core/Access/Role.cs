namespace PiCam.Core.Access;

/// <summary>What a person, a token or a guest is trusted with; each role includes the ones below it.</summary>
public enum Role
{
    /// <summary>Sees the live picture and nothing else; who comes by a guest link, and tokens. Not for people.</summary>
    Guest = 0,
    Viewer = 1,
    Operator = 2,
    Administrator = 3,
}

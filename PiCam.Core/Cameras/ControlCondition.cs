namespace PiCam.Core.Cameras;

/// <summary>How far a control's asked value is in force.</summary>
public enum ControlCondition
{
    /// <summary>Asked, but no frame shows it yet.</summary>
    Pending,

    /// <summary>The frames show what was asked (for an automatic control: automatic is in force).</summary>
    Live,

    /// <summary>The camera uses something else for good: the frame rate leaves no time for the exposure.</summary>
    ClampedByFrameRate,

    /// <summary>The camera uses something else for good, for reasons of its own.</summary>
    ClampedByCamera,
}

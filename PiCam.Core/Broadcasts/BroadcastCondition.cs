namespace PiCam.Core.Broadcasts;

/// <summary>What becomes of the live picture that is to be sent.</summary>
public enum BroadcastCondition
{
    /// <summary>Nobody wants it to be sent.</summary>
    Off,

    /// <summary>It is being connected, or there is no picture yet.</summary>
    Connecting,

    /// <summary>It is received.</summary>
    Sending,

    /// <summary>It did not work; it is tried again in a while.</summary>
    Waiting,
}

namespace PiCam.Core.Cameras;

/// <summary>What the camera is doing.</summary>
public enum CameraCondition
{
    /// <summary>Off until the first account exists.</summary>
    WaitingForSetup,
    Starting,
    Live,

    /// <summary>Lost; <see cref="CameraState.Reason"/> says why and <see cref="CameraState.RetryAt"/> when PiCam tries again.</summary>
    Lost,

    /// <summary>Off by the privacy switch.</summary>
    Private,
}

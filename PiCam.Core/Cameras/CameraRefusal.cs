namespace PiCam.Core.Cameras;

/// <summary>A change that the camera would not take; what was before it is in force again.</summary>
/// <param name="Version">Of the change, as <see cref="ICameraStream.ApplyAsync"/> was given it.</param>
/// <param name="Reason">One sentence for the person at the page.</param>
public sealed record CameraRefusal(long Version, Reason Reason);

namespace PiCam.Core.Cameras;

/// <summary>A camera that is there now.</summary>
/// <param name="Source">By what it is reached.</param>
/// <param name="Id">libcamera's id, or a webcam's device.</param>
/// <param name="Name">For people, such as <c>ov5647</c>.</param>
public sealed record DetectedCamera(CameraSource Source, string Id, string Name);

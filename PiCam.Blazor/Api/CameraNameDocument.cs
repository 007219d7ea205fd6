namespace PiCam.Blazor.Api;

/// <summary>What the camera is called.</summary>
internal sealed record CameraNameDocument(string Name);

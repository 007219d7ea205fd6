namespace PiCam.Core.Media;

/// <summary>A picture or film that somebody wanted to delete is protected.</summary>
public sealed class MediaProtectedException(string name) : ReasonException(MediaFault.Protected(name));

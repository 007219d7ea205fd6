namespace PiCam.Core.Media;

/// <summary>A picture or film that somebody asked for is not there (any more).</summary>
public sealed class MediaMissingException(string id) : ReasonException(MediaFault.Missing(id));

namespace PiCam.Blazor.Live.Transports;

/// <summary>How the live picture travels to a page.</summary>
public enum TransportKind
{
    /// <summary>By whatever suits the page's link best now.</summary>
    Auto,

    /// <summary>As text in the page's own updates.</summary>
    Base64,

    /// <summary>As bytes over the page's connection, painted on a canvas.</summary>
    Binary,

    /// <summary>As a stream of its own, without acknowledgement.</summary>
    Mjpeg,

    /// <summary>As a film over a connection of its own, in the quality that the link carries.</summary>
    H264,
}

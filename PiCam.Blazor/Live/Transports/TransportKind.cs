namespace PiCam.Blazor.Live.Transports;

/// <summary>How the live picture travels to a page.</summary>
public enum TransportKind
{
    /// <summary>As text in the page's own updates.</summary>
    Base64,

    /// <summary>As bytes over the page's connection, painted on a canvas.</summary>
    Binary,

    /// <summary>As a stream of its own, without acknowledgement.</summary>
    Mjpeg,
}

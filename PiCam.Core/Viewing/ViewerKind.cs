namespace PiCam.Core.Viewing;

/// <summary>How somebody watches.</summary>
public enum ViewerKind
{
    /// <summary>An open live page that is not hidden.</summary>
    Page,

    /// <summary>A reader of the multipart JPEG stream: another program, or a page that shows it.</summary>
    Stream,
}

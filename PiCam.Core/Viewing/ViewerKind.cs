namespace PiCam.Core.Viewing;

/// <summary>How somebody watches.</summary>
public enum ViewerKind
{
    /// <summary>An open live page that is not hidden, however it gets its picture.</summary>
    Page,

    /// <summary>A reader of a stream that is no live page: another program, or a browser that was given its address.</summary>
    Stream,
}

namespace PiCam.Core.Viewing;

/// <summary>How somebody watches.</summary>
public enum ViewerKind
{
    /// <summary>An open live page that is not hidden, however it gets its picture.</summary>
    Page,

    /// <summary>Another program, which reads a stream.</summary>
    Stream,
}

namespace PiCam.Core.Exports;

/// <summary>Something cannot be copied to another disk.</summary>
public sealed class ExportFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);

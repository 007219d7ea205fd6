using PiCam.Core;

namespace PiCam.Blazor.Backups;

/// <summary>A backup cannot be restored, and nothing was changed.</summary>
public sealed class BackupRefusedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);

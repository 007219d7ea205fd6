namespace PiCam.Core.Photography.Looks;

/// <summary>The exposure of this camera cannot be frozen.</summary>
public sealed class LookLockMissingException()
    : ReasonException(new Reason("The exposure of this camera cannot be frozen.", "look.cannotLock"));

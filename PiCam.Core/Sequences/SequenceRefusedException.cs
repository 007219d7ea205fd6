namespace PiCam.Core.Sequences;

/// <summary>A sequence cannot be taken now, or not with this camera.</summary>
public sealed class SequenceRefusedException(Reason reason) : ReasonException(reason);

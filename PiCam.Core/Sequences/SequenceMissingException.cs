namespace PiCam.Core.Sequences;

/// <summary>There is no sequence of this id, or it was too long ago.</summary>
public sealed class SequenceMissingException(string id) : ReasonException(SequenceFault.Missing(id));

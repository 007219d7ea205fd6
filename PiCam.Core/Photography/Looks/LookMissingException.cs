namespace PiCam.Core.Photography.Looks;

/// <summary>A look that somebody asked for is not there (any more).</summary>
public sealed class LookMissingException(string id) : ReasonException(new Reason($"There is no look {id}.", "look.missing", id));

namespace PiCam.Core.TimeLapses;

/// <summary>A time-lapse that somebody asked for is not there (any more).</summary>
public sealed class TimeLapseMissingException(string id) : ReasonException(TimeLapseFault.Missing(id));

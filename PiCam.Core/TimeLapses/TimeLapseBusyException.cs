namespace PiCam.Core.TimeLapses;

/// <summary>Another time-lapse is running.</summary>
/// <param name="name">Its name.</param>
public sealed class TimeLapseBusyException(string name) : ReasonException(TimeLapseFault.Busy(name));

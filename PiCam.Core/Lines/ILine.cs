namespace PiCam.Core.Lines;

/// <summary>One GPIO pin that switches something. It is off until it is told, and when it is disposed.</summary>
public interface ILine : IDisposable
{
    /// <summary>Switches.</summary>
    /// <exception cref="LineException">The pin could not be switched; the next call tries again.</exception>
    void Switch(bool on);
}

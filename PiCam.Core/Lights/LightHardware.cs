using PiCam.Core.Lines;

namespace PiCam.Core.Lights;

/// <summary>The pins of the lights. Registered only when there is one.</summary>
/// <param name="Led">Null: there is none.</param>
/// <param name="Lamp">Null: there is none.</param>
public sealed record LightHardware(ILine? Led, ILine? Lamp) : IDisposable
{
    /// <summary>Both are dark from here on: the LED of a panel that has ended must not say that somebody watches.</summary>
    public void Dispose()
    {
        Led?.Dispose();
        Lamp?.Dispose();
    }
}

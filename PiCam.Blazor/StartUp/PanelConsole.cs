namespace PiCam.Blazor.StartUp;

/// <summary>Where PiCam speaks to the person who started it.</summary>
/// <param name="Output">Standard output, but in tests.</param>
public sealed record PanelConsole(TextWriter Output);

namespace PiCam.Hardware.Boards;

/// <summary>The board this runs on, as its device tree names it.</summary>
/// <param name="modelFile">The device tree's model; there is none on a PC.</param>
internal sealed class BoardModel(string modelFile = "/proc/device-tree/model")
{
    /// <summary>For example "Raspberry Pi 4 Model B Rev 1.4"; null when the board does not say.</summary>
    public string? Name { get; } = File.Exists(modelFile) ? File.ReadAllText(modelFile).TrimEnd('\0', '\n') : null;

    /// <summary>Whether this is a Raspberry Pi of any kind.</summary>
    public bool IsRaspberryPi => Name?.Contains("Raspberry Pi", StringComparison.Ordinal) == true;
}

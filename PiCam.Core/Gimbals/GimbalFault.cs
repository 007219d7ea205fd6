namespace PiCam.Core.Gimbals;

/// <summary>Why the hardware broke off a move.</summary>
public static class GimbalFault
{
    /// <param name="error">What the driver said, in English.</param>
    public static Reason Pan(string error) => new($"The pan servo failed: {error}", "gimbal.pan", error);

    /// <inheritdoc cref="Pan"/>
    public static Reason Tilt(string error) => new($"The tilt servo failed: {error}", "gimbal.tilt", error);
}

using PiCam.Core.Lines;

namespace PiCam.Core.Gimbals;

/// <summary>Why the hardware broke off a move.</summary>
public static class GimbalFault
{
    /// <param name="error">What the driver said, in English.</param>
    public static Reason Pan(string error) => new($"The pan servo failed: {error}", "gimbal.pan", error);

    /// <inheritdoc cref="Pan"/>
    public static Reason Tilt(string error) => new($"The tilt servo failed: {error}", "gimbal.tilt", error);

    /// <summary>What a driver threw, in words for people: its own where it has any.</summary>
    internal static Reason From(Exception exception, Axis axis) => exception switch
    {
        LineException line => line.Reason,
        _ when axis == Axis.Pan => Pan(exception.Message),
        _ => Tilt(exception.Message),
    };
}

namespace PiCam.Core.Cameras;

/// <summary>The values a camera takes for one control, both ends included, and what it starts with.</summary>
public sealed record ControlRange<T>(T Minimum, T Maximum, T Default)
    where T : struct, IComparable<T>
{
    /// <summary>Whether <paramref name="value"/> lies in the range. NaN never does.</summary>
    public bool Contains(T value) =>
        value is not double.NaN && value.CompareTo(Minimum) >= 0 && value.CompareTo(Maximum) <= 0;

    /// <summary>The nearest value in the range.</summary>
    public T Clamp(T value) =>
        value.CompareTo(Minimum) < 0 ? Minimum : value.CompareTo(Maximum) > 0 ? Maximum : value;
}

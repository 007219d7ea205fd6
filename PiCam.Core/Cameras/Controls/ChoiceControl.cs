namespace PiCam.Core.Cameras.Controls;

/// <summary>A control that is one of a few named things.</summary>
public abstract class ChoiceControl(string name) : CameraControl(name)
{
    /// <summary>What the camera offers, as the HTTP API spells it; empty: it lacks the control.</summary>
    public abstract IReadOnlyList<string> Offered(CameraCapabilities capabilities);

    /// <summary>The value as the HTTP API spells it; null: as the camera was configured.</summary>
    public abstract string? Get(CameraControls controls);

    /// <summary>The state with the value that <paramref name="text"/> spells, in any case; null text: the default. Null when it spells none.</summary>
    public abstract CameraControls? With(CameraControls controls, string? text, CameraCapabilities capabilities);

    /// <inheritdoc/>
    public override bool ExistsOn(CameraCapabilities capabilities) => Offered(capabilities).Count > 0;
}

/// <summary>A control that is one of a few <typeparamref name="T"/>.</summary>
public sealed class ChoiceControl<T>(
    string name,
    Func<CameraCapabilities, IReadOnlyList<T>> offered,
    Func<CameraControls, T?> get,
    Func<CameraControls, T?, CameraControls> set)
    : ChoiceControl(name)
    where T : struct
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Offered(CameraCapabilities capabilities) => [.. offered(capabilities).Select(Text)];

    /// <inheritdoc/>
    public override string? Get(CameraControls controls) => get(controls) is { } value ? Text(value) : null;

    /// <inheritdoc/>
    public override CameraControls? With(CameraControls controls, string? text, CameraCapabilities capabilities)
    {
        if (text is null)
        {
            return set(controls, null);
        }

        foreach (var value in offered(capabilities))
        {
            if (Text(value).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return set(controls, value);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        if (get(controls) is { } value && !IsDefault(controls) && !offered(capabilities).Contains(value))
        {
            yield return new(
                Name, Text(value), ExistsOn(capabilities) ? string.Join(", ", Offered(capabilities)) : Allowed.NotOnThisCamera);
        }
    }

    /// <inheritdoc/>
    public override CameraControls Fit(CameraControls controls, CameraCapabilities capabilities) =>
        get(controls) is { } value && offered(capabilities).Contains(value) ? controls : set(controls, null);

    /// <inheritdoc/>
    public override bool Same(CameraControls a, CameraControls b) => Nullable.Equals(get(a), get(b));

    private static string Text(T value) => value.ToString()!;

    private bool IsDefault(CameraControls controls) => Nullable.Equals(get(controls), get(CameraControls.Automatic));
}

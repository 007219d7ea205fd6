namespace PiCam.Core;

/// <summary>One or more values that cannot be used; each error names the field, the value and what is allowed.</summary>
public sealed class InvalidValueException : Exception
{
    /// <param name="errors">At least one error.</param>
    public InvalidValueException(params IReadOnlyList<InvalidValue> errors)
        : base(string.Join(' ', errors.Select(e => e.ToString())))
    {
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count);
        Errors = errors;
    }

    /// <summary>Every value that was refused, in the order of the fields.</summary>
    public IReadOnlyList<InvalidValue> Errors { get; }
}

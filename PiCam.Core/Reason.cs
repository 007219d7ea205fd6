namespace PiCam.Core;

/// <summary>
/// One sentence for a person on why something is as it is: in English, as logs and the HTTP API say it, and by a code, so
/// that a page can say it in the person's language. Two reasons are equal when they say the same.
/// </summary>
/// <param name="English">The sentence, or the words that complete one.</param>
/// <param name="Code">Names the sentence, such as <c>camera.fileMissing</c>; null: there is only the English one.</param>
/// <param name="Arguments">What fills the blanks of the sentence, in its order; never translated.</param>
public sealed record Reason(string English, string? Code, params IReadOnlyList<string> Arguments)
{
    /// <summary>A sentence that nobody has translated, such as what a device driver says.</summary>
    public static implicit operator Reason(string english) => new(english, null);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static Reason FromString(string english) => english;

    public bool Equals(Reason? other) => other is not null && English == other.English;

    public override int GetHashCode() => English.GetHashCode(StringComparison.Ordinal);

    /// <summary>The English sentence.</summary>
    public override string ToString() => English;
}

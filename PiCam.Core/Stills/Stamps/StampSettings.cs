using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Stills.Stamps;

/// <summary>The stamp that pictures get; the same for everybody, kept across restarts.</summary>
public sealed record StampSettings
{
    /// <summary>What a stamp says until somebody wants it otherwise.</summary>
    public const string UsualTemplate = "{name} {time:yyyy-MM-dd HH:mm:ss} {shutter} {iso}";

    /// <summary>Whether pictures get it, of which nobody says otherwise.</summary>
    public bool IsOn { get; init; }

    /// <summary>A <see cref="StampTemplate"/>.</summary>
    public string Template { get; init; } = UsualTemplate;

    public StampStyle Style { get; init; } = new();

    /// <summary>What is wrong with them; empty: nothing.</summary>
    public IReadOnlyList<InvalidValue> Check() => [.. StampTemplate.Check(Template), .. Style.Check()];
}

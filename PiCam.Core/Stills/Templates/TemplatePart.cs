namespace PiCam.Core.Stills.Templates;

/// <summary>A piece of a template: plain text, or a field.</summary>
/// <param name="Field">The field's name; null: plain text.</param>
/// <param name="Text">What it says.</param>
internal sealed record TemplatePart<TValues>(string? Field, Func<TValues, string> Text);

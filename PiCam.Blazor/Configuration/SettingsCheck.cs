using System.Text.RegularExpressions;
using PiCam.Core;

namespace PiCam.Blazor.Configuration;

/// <summary>Says field by field what keeps PiCam from starting with a file of settings.</summary>
public sealed partial class SettingsCheck(PanelConfiguration configuration, ConfigurationTrial trial)
{
    /// <summary>What is wrong with them; empty: PiCam could start with them.</summary>
    /// <param name="values">As <c>panel.json</c> would say them.</param>
    public IReadOnlyList<InvalidValue> Check(IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var written = PanelKeys.All.Select(key => key.Read(values) is { } value ? key.Check(value) : null).OfType<InvalidValue>().ToList();
        return written.Count > 0 ? written : [.. trial.Check(configuration.With(values)).Select(sentence => Wrong(sentence, values))];
    }

    // The validators say "Camera:Width is '3'; allowed are even numbers from 160 to 1920."
    private InvalidValue Wrong(string sentence, IReadOnlyDictionary<string, string?> values)
    {
        var name = Name().Match(sentence).Value;
        var parts = sentence.TrimEnd('.').Split("; allowed is ", 2) is [_, var one] ? one
            : sentence.TrimEnd('.').Split("; allowed are ", 2) is [_, var several] ? several
            : sentence.TrimEnd('.').Split(" must be ", 2) is [_, var must] ? must
            : sentence.TrimEnd('.');
        var key = PanelKeys.Find(name);
        return new InvalidValue(key?.Field ?? name, key is null ? "" : configuration.Setting(key, values).Value ?? "null", Said(parts));
    }

    private static Reason Said(string allowed) =>
        Numbers().Match(allowed) is { Success: true } range ? Allowed.Range(range.Groups[1].Value, range.Groups[2].Value)
        : EvenNumbers().Match(allowed) is { Success: true } even ? Allowed.EvenRange(even.Groups[1].Value, even.Groups[2].Value)
        : Words().IsMatch(allowed) ? Allowed.OneOf(allowed)
        : allowed;

    [GeneratedRegex(@"^[A-Za-z]+(:[A-Za-z0-9]+)+")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\d+) to (\d+)$")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^even numbers from (\d+) to (\d+)$")]
    private static partial Regex EvenNumbers();

    [GeneratedRegex(@"^\w+(, \w+)+$")]
    private static partial Regex Words();
}

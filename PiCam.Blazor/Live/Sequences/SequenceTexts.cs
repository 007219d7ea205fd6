using System.Globalization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core.Sequences;

namespace PiCam.Blazor.Live.Sequences;

/// <summary>Says how a sequence ended, and how its choices are written.</summary>
internal static class SequenceTexts
{
    private const double Third = 1.0 / 3;

    /// <summary>How it ended, with all that did not come as it was asked.</summary>
    public static string Result(IStringLocalizer<Texts> texts, SequenceState ended)
    {
        var parts = new List<string>();
        if (ended.Reason is { } reason)
        {
            parts.Add(texts.Say(reason));
        }

        parts.Add(texts["SequenceKept", texts["SequenceKind." + ended.Request.Kind].Value, ended.Kept, ended.Request.Count]);
        if (ended.Lost > 0)
        {
            parts.Add(texts["SequenceLost", ended.Lost]);
        }

        if (ended.Skipped > 0)
        {
            parts.Add(texts["SequenceSkipped", ended.Skipped]);
        }

        parts.AddRange(ended.Steps.Where(step => step.IsClamped && step.MediaId is not null)
            .Select(step => texts["SequenceClamped", Signed(step.Stops!.Value), Signed(step.ReachedStops!.Value)].Value));
        return string.Join(' ', parts);
    }

    /// <summary>Its pictures in the library.</summary>
    public static string Address(SequenceState sequence) => $"/library?sequence={sequence.Id}";

    /// <summary>Stops as photographers write them: 1/3, 1, 1.5.</summary>
    public static string Stops(double stops) => (Math.Round(stops / Third), Math.Abs((stops / Third) - Math.Round(stops / Third)) < 0.02) switch
    {
        (1, true) => "1/3 EV",
        (2, true) => "2/3 EV",
        _ => stops.ToString("0.##", CultureInfo.CurrentCulture) + " EV",
    };

    /// <summary>How far away the focus lies.</summary>
    /// <param name="dioptres">0 is infinity.</param>
    public static string Distance(double dioptres) => dioptres switch
    {
        < 0.05 => "∞",
        <= 1 => (1 / dioptres).ToString("0.#", CultureInfo.CurrentCulture) + " m",
        _ => (100 / dioptres).ToString("0.#", CultureInfo.CurrentCulture) + " cm",
    };

    private static string Signed(double stops) => stops.ToString("+0.#;−0.#;0", CultureInfo.CurrentCulture);
}

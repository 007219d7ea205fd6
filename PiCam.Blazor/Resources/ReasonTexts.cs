using Microsoft.Extensions.Localization;
using PiCam.Core;

namespace PiCam.Blazor.Resources;

/// <summary>Says a <see cref="Reason"/> in the person's language.</summary>
public static class ReasonTexts
{
    /// <summary>The key of a reason's text.</summary>
    public const string Prefix = "Reason.";

    /// <summary>In the person's language, or in English where there is no text; null reason: nothing.</summary>
    public static string Say(this IStringLocalizer<Texts> texts, Reason? reason)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (reason?.Code is not { } code)
        {
            return reason?.English ?? "";
        }

        var text = texts[Prefix + code, [.. reason.Arguments]];
        return text.ResourceNotFound ? reason.English : text.Value;
    }

    /// <summary>What is wrong with a value, in the person's language.</summary>
    public static string SayWrong(this IStringLocalizer<Texts> texts, InvalidValue error)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(error);

        // Within a file, "looks[0].contrast" is still the contrast.
        var field = error.Field[(error.Field.LastIndexOf('.') + 1)..];
        return texts["InvalidValue", texts["Control." + field].Value, error.Value, texts.Say(error.Allowed)];
    }
}

using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Live.Looks;

/// <summary>Says what looks are called.</summary>
internal static class LookTexts
{
    /// <summary>In the person's language, for one that came with PiCam; people's own are called what they called them.</summary>
    public static string Name(this IStringLocalizer<Texts> texts, Look look) => look.IsBuiltIn ? texts["LookName" + look.Name] : look.Name;
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>Says what pictures and films are, in the person's language.</summary>
internal static class MediaTexts
{
    /// <summary>"Today", "Yesterday", or the whole date.</summary>
    public static string Day(this IStringLocalizer<Texts> texts, DateOnly day, DateOnly today) =>
        day == today ? texts["Today"]
        : day == today.AddDays(-1) ? texts["Yesterday"]
        : day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>Of a picture, or of a run.</summary>
    public static string Kind(this IStringLocalizer<Texts> texts, MediaKind kind) => texts["MediaKind." + kind];

    /// <summary>What a screen reader says of an entry.</summary>
    public static string Say(this IStringLocalizer<Texts> texts, MediaEntry entry)
    {
        var (item, kind) = (entry.Item, texts.Kind(entry.Item.Kind));
        var what = entry.Count > 1 ? texts["MediaRun", kind, entry.Count].Value : kind;
        var said = texts["MediaSaid", item.Name, what, item.TakenAt.ToString("g", CultureInfo.CurrentCulture)].Value;
        said = item.IsDamaged ? $"{said}, {texts["MediaDamaged"]}" : said;
        return item.IsProtected ? texts["MediaSaidProtected", said] : said;
    }

    /// <summary>A film's length, such as 1:05 or 25:00:00, and where that would be 0:00, 0.2 s.</summary>
    public static string Length(TimeSpan duration) => duration.TotalSeconds is > 0 and < 1
        ? Math.Max(0.1, duration.TotalSeconds).ToString("0.0", CultureInfo.CurrentCulture) + " s"
        : Clock(duration);

    /// <summary>Time that runs, from 0:00.</summary>
    public static string Clock(TimeSpan elapsed) => elapsed.TotalHours >= 1
        ? ((int)elapsed.TotalHours).ToString(CultureInfo.CurrentCulture) + elapsed.ToString(@"\:mm\:ss", CultureInfo.CurrentCulture)
        : elapsed.ToString(@"m\:ss", CultureInfo.CurrentCulture);
}

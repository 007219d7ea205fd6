using PiCam.Blazor.Resources;
using PiCam.Core.Cameras;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api;

/// <summary>A time-lapse: what is wanted, and how far it has come.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Name">What people call it; text, never markup.</param>
/// <param name="State">"running", "stopped" or "finished".</param>
/// <param name="Interval">Seconds.</param>
/// <param name="Aligned">On multiples of the interval, by the clock.</param>
/// <param name="Count">Ends after so many; null: it does not count.</param>
/// <param name="Until">Ends then; null: at no time.</param>
/// <param name="Window">The hours of the day; null: all day.</param>
/// <param name="Daylight">Between sunrise and sunset only.</param>
/// <param name="Look">"automatic", "smooth" or "locked".</param>
/// <param name="Size">At most, in pixels; null: the camera's largest.</param>
/// <param name="Quality">JPEG quality, 1 to 100.</param>
/// <param name="Template">Of its pictures' names.</param>
/// <param name="Sequence">What its pictures share in the library: GET /api/media?sequence=…</param>
/// <param name="By">Who made it.</param>
/// <param name="StartedAt">When it was started last.</param>
/// <param name="Taken">Pictures so far.</param>
/// <param name="NextAt">When the next picture is due; null: it does not run.</param>
/// <param name="PictureTime">How long the newest picture took until it was on disk, in seconds; longer than the interval: that is the rate it reaches.</param>
/// <param name="MissedCount">Pictures that were due and not taken.</param>
/// <param name="Missed">Why and when, the newest last.</param>
internal sealed record TimeLapseDocument(
    string Id,
    string Name,
    TimeLapseCondition State,
    double Interval,
    bool Aligned,
    int? Count,
    DateTimeOffset? Until,
    WindowDocument? Window,
    bool Daylight,
    string Look,
    PixelSize? Size,
    int Quality,
    string Template,
    string Sequence,
    string By,
    DateTimeOffset? StartedAt,
    int Taken,
    DateTimeOffset? NextAt,
    double? PictureTime,
    int MissedCount,
    IReadOnlyList<MissedDocument> Missed)
{
    public static TimeLapseDocument From(TimeLapse lapse)
    {
        var plan = lapse.Plan;
        return new TimeLapseDocument(
            lapse.Id, plan.Name, lapse.Condition, plan.Interval.TotalSeconds, plan.IsAligned, plan.Count, plan.Until,
            WindowDocument.Of(plan.Window), plan.ByDaylight, ControlValues.Spell(plan.Look.ToString()), plan.Size, plan.Quality, plan.Template,
            lapse.Sequence, lapse.By, lapse.StartedAt, lapse.Taken, lapse.Next, lapse.PictureTime?.TotalSeconds, lapse.MissedCount,
            [.. lapse.Missed.Select(missed => new MissedDocument(missed.Why.English, missed.Count, missed.From, missed.To))]);
    }
}

/// <param name="From">As HH:mm.</param>
/// <param name="To">As HH:mm; before <paramref name="From"/>: on the next day.</param>
internal sealed record WindowDocument(string From, string To)
{
    public static WindowDocument? Of(DailyWindow? window) => window is null ? null : new(QuantityTexts.TimeOfDay(window.From), QuantityTexts.TimeOfDay(window.To));
}

/// <param name="Reason">For people.</param>
/// <param name="Count">How many pictures.</param>
/// <param name="From">When the first of them was due.</param>
/// <param name="To">When the last of them was due.</param>
internal sealed record MissedDocument(string Reason, int Count, DateTimeOffset From, DateTimeOffset To);

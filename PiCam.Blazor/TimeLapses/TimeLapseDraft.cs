using System.Globalization;
using PiCam.Core.Cameras;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.TimeLapses;

/// <summary>A time-lapse that somebody is filling in.</summary>
public sealed class TimeLapseDraft(string name, DateTimeOffset now)
{
    /// <summary>The intervals to choose from, in seconds.</summary>
    public static IReadOnlyList<int> Intervals { get; } = [1, 5, 30, 60, 300, 900, 3600];

    public string Name { get; set; } = string.Create(CultureInfo.InvariantCulture, $"{name} {now:yyyy-MM-dd}");

    /// <summary>One of <see cref="Intervals"/>; null: one's own.</summary>
    public int? Chosen { get; set; } = 300;

    /// <summary>One's own interval, in <see cref="Unit"/>s.</summary>
    public double Own { get; set; } = 10;

    /// <summary>In seconds.</summary>
    public int Unit { get; set; } = 1;

    public bool IsAligned { get; set; }

    public TimeLapseEnd End { get; set; }

    public int Count { get; set; } = 100;

    /// <summary>By the panel's clock.</summary>
    public DateTime Until { get; set; } = now.DateTime.Date.AddHours(now.Hour + 9);

    public TimeLapseHours Hours { get; set; }

    public TimeOnly From { get; set; } = new(8, 0);

    public TimeOnly To { get; set; } = new(18, 0);

    public TimeLapseLook Look { get; set; } = TimeLapseLook.Smooth;

    /// <summary>Empty: the camera's largest.</summary>
    public string Size { get; set; } = "1920×1080";

    public int Quality { get; set; } = 90;

    public string Template { get; set; } = TimeLapsePlan.UsualTemplate;

    /// <summary>Between two pictures.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(Math.Clamp(Chosen ?? (Own * Unit), -1, 1e9));

    /// <summary>The plan, which may be one that cannot be used.</summary>
    /// <param name="sizes">The sizes to choose from.</param>
    /// <param name="zone">The panel's.</param>
    public TimeLapsePlan ToPlan(IEnumerable<PixelSize> sizes, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new TimeLapsePlan
        {
            Name = Name,
            Interval = Interval,
            IsAligned = IsAligned,
            Count = End == TimeLapseEnd.Count ? Count : null,
            Until = End == TimeLapseEnd.Time ? In(zone, Until) : null,
            Window = Hours == TimeLapseHours.Window ? new DailyWindow(From, To) : null,
            ByDaylight = Hours == TimeLapseHours.Daylight,
            Look = Look,
            Size = sizes.Where(size => size.ToString() == Size).Select(size => (PixelSize?)size).FirstOrDefault(),
            Quality = Quality,
            Template = Template,
        };
    }

    // At the ends of the calendar another zone's time is none; nobody means the hour there.
    private static DateTimeOffset In(TimeZoneInfo zone, DateTime time)
    {
        var inside = new DateTime(Math.Clamp(time.Ticks, DateTime.MinValue.AddDays(1).Ticks, DateTime.MaxValue.AddDays(-1).Ticks), DateTimeKind.Unspecified);
        return new DateTimeOffset(inside, zone.GetUtcOffset(inside));
    }
}

using System.Globalization;
using PiCam.Core.Cameras;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.TimeLapses;

/// <summary>What somebody wants of a time-lapse.</summary>
public sealed record TimeLapsePlan
{
    /// <summary>What the pictures are called unless somebody says otherwise.</summary>
    public const string UsualTemplate = "{name}-{counter:00000}";

    /// <summary>The shortest and the longest <see cref="Interval"/>.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc cref="ShortestInterval"/>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromHours(24);

    /// <summary>The most pictures of one time-lapse.</summary>
    public const int Most = 1_000_000;

    /// <summary>1 to 40 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Between two pictures; 0.5 s to 24 h.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Pictures are taken when the clock on the wall shows a multiple of the interval since midnight, such as :00, :15, :30.</summary>
    public bool IsAligned { get; init; }

    /// <summary>Ends after so many pictures; null: it does not count.</summary>
    public int? Count { get; init; }

    /// <summary>Ends at this time; null: at none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Takes pictures only then; null: all day.</summary>
    public DailyWindow? Window { get; init; }

    /// <summary>Takes pictures only between sunrise and sunset; not together with <see cref="Window"/>.</summary>
    public bool ByDaylight { get; init; }

    public TimeLapseLook Look { get; init; }

    /// <summary>At most this large; null: as large as the camera can.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; init; } = 90;

    /// <summary>A <see cref="NameTemplate"/>, such as <c>img{counter:03}</c>.</summary>
    public string Template { get; init; } = UsualTemplate;

    /// <summary>What is wrong with it, apart from what only a camera, a place or a clock can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check()
    {
        var errors = new List<InvalidValue>();
        if (GivenName.Check(Name).Error is { } nameless)
        {
            errors.Add(nameless);
        }

        if (Interval < ShortestInterval || Interval > LongestInterval)
        {
            errors.Add(new("interval", string.Create(CultureInfo.InvariantCulture, $"{Interval.TotalSeconds} s"), Allowed.Range("0.5 s", "86400 s")));
        }

        if (Count is < 1 or > Most)
        {
            errors.Add(new("count", string.Create(CultureInfo.InvariantCulture, $"{Count}"), Allowed.WholeRange("1", $"{Most}")));
        }

        if (ByDaylight && Window is not null)
        {
            errors.Add(new("daylight", "true", TimeLapseFault.NotWithAWindow));
        }

        if (Size is { } size && (size.Width < 1 || size.Height < 1))
        {
            errors.Add(new("size", $"{size}", new Reason("1×1 or larger", "allowed.sizeAbove", "1×1")));
        }

        errors.AddRange(StillRequest.CheckQuality(Quality));
        errors.AddRange(NameTemplate.Check(Template, "template"));
        return errors;
    }
}

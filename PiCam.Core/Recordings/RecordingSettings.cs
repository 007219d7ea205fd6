using PiCam.Core.Cameras;
using PiCam.Core.Stills;

namespace PiCam.Core.Recordings;

/// <summary>How recordings are made; shared by everybody, kept across restarts.</summary>
public sealed record RecordingSettings
{
    /// <summary>The longest <see cref="PreRoll"/>.</summary>
    public static readonly TimeSpan LongestPreRoll = TimeSpan.FromSeconds(60);

    /// <summary>The shortest <see cref="PartLength"/>.</summary>
    public static readonly TimeSpan ShortestPart = TimeSpan.FromSeconds(5);

    /// <summary>The longest <see cref="PartLength"/>.</summary>
    public static readonly TimeSpan LongestPart = TimeSpan.FromHours(24);

    /// <summary>The smallest <see cref="PartMegabytes"/> and <see cref="PreRollMegabytes"/>.</summary>
    public const int LeastMegabytes = 1;

    /// <summary>The largest <see cref="PreRollMegabytes"/>.</summary>
    public const int MostPreRollMegabytes = 1000;

    /// <summary>The largest <see cref="PartMegabytes"/>.</summary>
    public const int MostPartMegabytes = 100_000;

    /// <summary>How much of what was before the button is in the film; 0 to 60 s.</summary>
    public TimeSpan PreRoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The memory that may take, in MB of 1 000 000 bytes; 1 to 1000. Where that is less than <see cref="PreRoll"/>, the film begins later.</summary>
    public int PreRollMegabytes { get; init; } = 32;

    /// <summary>Whether what was before is there even when no page showed the picture; the camera then works all the time.</summary>
    public bool IsAlwaysReady { get; init; }

    /// <summary>What the files hold; where H.264 cannot be made they hold JPEGs.</summary>
    public RecordingFormat Format { get; init; } = RecordingFormat.H264;

    /// <summary>1 to 100; larger is better and takes more room. JPEGs are as the camera gives them.</summary>
    public int Quality { get; init; } = 70;

    /// <summary>Whether frames get the stamp of pictures, each with what is true of it. Files of JPEGs never do.</summary>
    public bool IsStamped { get; init; }

    /// <summary>A new file begins after this time, 5 s to 24 h; null: never for that.</summary>
    public TimeSpan? PartLength { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A new file begins when one has become this large, in MB of 1 000 000 bytes, 1 to 100 000; null: never for that.</summary>
    public int? PartMegabytes { get; init; }

    /// <summary>What recordings are called: a <see cref="Stills.Templates.NameTemplate"/>. Its counter goes on after a restart.</summary>
    public string NameTemplate { get; init; } = StillSettings.UsualNameTemplate;

    /// <summary>What is wrong with them; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() =>
    [
        .. CheckTime("preRoll", PreRoll, TimeSpan.Zero, LongestPreRoll),
        .. InvalidValue.CheckWhole("preRollMegabytes", PreRollMegabytes, LeastMegabytes, MostPreRollMegabytes),
        .. StillRequest.CheckQuality(Quality),
        .. CheckTime("partSeconds", PartLength ?? LongestPart, ShortestPart, LongestPart),
        .. InvalidValue.CheckWhole("partMegabytes", PartMegabytes ?? LeastMegabytes, LeastMegabytes, MostPartMegabytes),
        .. Stills.Templates.NameTemplate.Check(NameTemplate ?? ""),
    ];

    private static IEnumerable<InvalidValue> CheckTime(string field, TimeSpan value, TimeSpan from, TimeSpan to) => value >= from && value <= to
        ? []
        : [new(field, $"{value.TotalSeconds} s", Allowed.Range($"{from.TotalSeconds}", $"{to.TotalSeconds} s"))];
}

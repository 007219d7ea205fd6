namespace PiCam.Core.Media;

/// <summary>How much room the library may take and for how long it keeps what; the same for everybody, kept across restarts. Protected items stay, whatever they say.</summary>
public sealed record MediaRules
{
    /// <summary>The largest <see cref="ReserveMegabytes"/>: a terabyte; more is a slip of the finger.</summary>
    public const int MostReserve = 1_000_000;

    /// <summary>The smallest <see cref="QuotaMegabytes"/>.</summary>
    public const int LeastQuota = 100;

    /// <summary>The largest <see cref="QuotaMegabytes"/>: 100 TB.</summary>
    public const int MostQuota = 100_000_000;

    /// <summary>The longest time in <see cref="KeepDays"/>: about ten years.</summary>
    public const int LongestDays = 3660;

    private const long Megabyte = 1_000_000;

    /// <summary>MB of 1 000 000 bytes that stay free on the library's disk, 0 to 1 000 000: below it the oldest go, for good. 0: nothing goes for that.</summary>
    public int ReserveMegabytes { get; init; }

    /// <summary>MB of 1 000 000 bytes that all files of the library take together at most, 100 to 100 000 000: above it the oldest go, for good. Null: as much as there is.</summary>
    public int? QuotaMegabytes { get; init; }

    /// <summary>Days after which what is of a kind goes, for good, 1 to 3660. A kind that is not in it stays.</summary>
    public IReadOnlyDictionary<MediaKind, int> KeepDays { get; init; } = new Dictionary<MediaKind, int>();

    /// <summary><see cref="ReserveMegabytes"/> in bytes.</summary>
    internal long ReserveBytes => ReserveMegabytes * Megabyte;

    /// <summary><see cref="QuotaMegabytes"/> in bytes.</summary>
    internal long? QuotaBytes => QuotaMegabytes * Megabyte;

    /// <summary>What is wrong with them; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() =>
    [
        .. InvalidValue.CheckWhole("reserveMegabytes", ReserveMegabytes, 0, MostReserve),
        .. InvalidValue.CheckWhole("quotaMegabytes", QuotaMegabytes ?? LeastQuota, LeastQuota, MostQuota),
        .. KeepDays.SelectMany(kept => Enum.IsDefined(kept.Key)
            ? InvalidValue.CheckWhole("keepDays." + InvalidValue.Spell($"{kept.Key}"), kept.Value, 1, LongestDays)
            : [new("keepDays", kept.Key.ToString(), Allowed.OneOf(string.Join(", ", Enum.GetNames<MediaKind>())))]),
    ];

    /// <summary>For each kind that does not stay: what was taken before this time goes.</summary>
    internal IReadOnlyDictionary<MediaKind, DateTimeOffset> Ends(DateTimeOffset now) => KeepDays.ToDictionary(kept => kept.Key, kept => now.AddDays(-kept.Value));
}

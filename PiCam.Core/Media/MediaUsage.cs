namespace PiCam.Core.Media;

/// <summary>What takes the library's room.</summary>
/// <param name="Days">Of each day and kind, newest day first.</param>
/// <param name="DeletedBytes">What is deleted but can be brought back still takes.</param>
public sealed record MediaUsage(IReadOnlyList<MediaUse> Days, long DeletedBytes)
{
    // A week has each of its days once.
    private const int RateDays = 7;

    /// <summary>Of all files, deleted ones that are still there among them.</summary>
    public long Bytes => Days.Sum(use => use.Bytes) + DeletedBytes;

    /// <summary>Of the files that nobody may delete.</summary>
    public long ProtectedBytes => Days.Sum(use => use.ProtectedBytes);

    /// <summary>Bytes that came a day on average, in the last seven days, or since the first day if that is later; 0: nothing came.</summary>
    /// <param name="today">Where the panel is.</param>
    public double BytesPerDay(DateOnly today)
    {
        var lately = Days.Where(use => use.Day > today.AddDays(-RateDays) && use.Day <= today).ToList();
        var days = Days.Count == 0 ? RateDays : Math.Clamp(today.DayNumber - Days.Min(use => use.Day).DayNumber + 1, 1, RateDays);
        return lately.Sum(use => use.Bytes) / (double)days;
    }

    /// <summary>Bytes that may still come; null: nobody knows.</summary>
    /// <param name="freeBytes">On the library's disk; null: unknown.</param>
    /// <param name="rules">What is to stay free, and what may be used.</param>
    public long? RoomLeft(long? freeBytes, MediaRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var onDisk = freeBytes - Math.Max(MediaStorage.Reserve, rules.ReserveBytes);
        var ofQuota = rules.QuotaBytes - Bytes;
        var room = onDisk is { } a && ofQuota is { } b ? Math.Min(a, b) : onDisk ?? ofQuota;
        return room is { } bytes ? Math.Max(0, bytes) : null;
    }

    /// <summary>Whether all that is there came today, which says nothing of the days to come.</summary>
    /// <param name="today">Where the panel is.</param>
    public bool IsFirstDay(DateOnly today) => Days.Count > 0 && Days.All(use => use.Day >= today);

    /// <summary>When, at <see cref="BytesPerDay"/>, the room that the rules leave is used up; null: never, or nobody knows.</summary>
    /// <param name="today">Where the panel is.</param>
    /// <param name="freeBytes">On the library's disk; null: unknown.</param>
    /// <param name="rules">What is to stay free, and what may be used.</param>
    public double? DaysLeft(DateOnly today, long? freeBytes, MediaRules rules)
    {
        var rate = BytesPerDay(today);
        return rate > 0 && !IsFirstDay(today) ? RoomLeft(freeBytes, rules) / rate : null;
    }
}

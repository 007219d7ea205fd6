using PiCam.Core.Cameras;
using PiCam.Core.Media;

namespace PiCam.Blazor.Data;

/// <summary>One picture or film of the library. Times are numbers, because SQLite sorts texts.</summary>
public sealed class MediaRow
{
    public required string Id { get; set; }

    public MediaKind Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>Below the library's folder.</summary>
    public required string Path { get; set; }

    /// <summary>In 100 ns of UTC.</summary>
    public long TakenAt { get; set; }

    /// <summary>Of the zone where it was taken.</summary>
    public int OffsetMinutes { get; set; }

    /// <summary>The day where it was taken, as yyyyMMdd.</summary>
    public int Day { get; set; }

    public long Bytes { get; set; }

    public int? Width { get; set; }

    public int? Height { get; set; }

    /// <summary>In 100 ns.</summary>
    public long? Duration { get; set; }

    public string? Sequence { get; set; }

    public string? Preset { get; set; }

    public string? By { get; set; }

    public bool IsProtected { get; set; }

    /// <summary>In 100 ns of UTC; null: it is there.</summary>
    public long? DeletedAt { get; set; }

    /// <summary>A day as <see cref="Day"/> has it.</summary>
    public static int Number(DateOnly day) => (((day.Year * 100) + day.Month) * 100) + day.Day;

    /// <summary>The day that <see cref="Number"/> made this of.</summary>
    public static DateOnly Date(int number) => new(number / 10_000, number / 100 % 100, number % 100);

    public static MediaRow From(MediaItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var taken = item.TakenAt;
        return new MediaRow
        {
            Id = item.Id,
            Kind = item.Kind,
            Name = item.Name,
            Path = item.Path,
            TakenAt = taken.UtcTicks,
            OffsetMinutes = (int)taken.Offset.TotalMinutes,
            Day = Number(DateOnly.FromDateTime(taken.DateTime)),
            Bytes = item.Bytes,
            Width = item.Size?.Width,
            Height = item.Size?.Height,
            Duration = item.Duration?.Ticks,
            Sequence = item.Sequence,
            Preset = item.Preset,
            By = item.By,
            IsProtected = item.IsProtected,
        };
    }

    public MediaItem ToItem() => new()
    {
        Id = Id,
        Kind = Kind,
        Name = Name,
        Path = Path,
        TakenAt = new DateTimeOffset(TakenAt, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(OffsetMinutes)),
        Bytes = Bytes,
        Size = Width is { } width && Height is { } height ? new PixelSize(width, height) : null,
        Duration = Duration is { } ticks ? TimeSpan.FromTicks(ticks) : null,
        Sequence = Sequence,
        Preset = Preset,
        By = By,
        IsProtected = IsProtected,
    };
}

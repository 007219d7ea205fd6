using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Data;
using PiCam.Core.Media;
using PiCam.Core.Settings;
using PiCam.Hardware.Films;
using PiCam.Hardware.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;

namespace PiCam.Tests.Core.Media;

/// <summary>A library on a folder and a database of its own, with a clock that the test sets.</summary>
internal sealed class LibraryRig : IAsyncDisposable
{
    private readonly TemporaryFolder? own;
    private readonly ServiceProvider services;

    private LibraryRig(string? data, TimeProvider? time)
    {
        own = data is null ? new TemporaryFolder() : null;
        Data = data ?? own!["data"];
        Time = time ?? Clock;
        services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddPiCamData(new ConfigurationBuilder().AddInMemoryCollection([new(DataFolder.Key, Data)]).Build())
            .BuildServiceProvider();
        Index = services.GetRequiredService<IMediaIndex>();
        Settings = services.GetRequiredService<ISettingsStore>();
        Files = new TroubledFiles(new MediaFolder(Media));
        Films = new FfmpegFilmFiles("ffmpeg", TimeProvider.System, NullLogger<FfmpegFilmFiles>.Instance);
        Storage = new MediaStorage(Files, Time);
        Library = new MediaLibrary(Files, Index, Films, Storage, Time, NullLogger<MediaLibrary>.Instance);
        Library.Changed += Changes.Add;
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 21, 0, 0, TimeSpan.Zero));

    public TimeProvider Time { get; }

    public string Data { get; }

    public string Media => Path.Combine(Data, "media");

    public IMediaIndex Index { get; }

    /// <summary>The database's own, for who keeps something beside the library.</summary>
    public ISettingsStore Settings { get; }

    public TroubledFiles Files { get; }

    public IFilmFiles Films { get; }

    public MediaStorage Storage { get; }

    public MediaLibrary Library { get; }

    public List<MediaChange> Changes { get; } = [];

    /// <param name="data">A data folder that outlasts the rig; null: one of its own.</param>
    /// <param name="time">Null: <see cref="Clock"/>.</param>
    public static async Task<LibraryRig> StartAsync(string? data = null, TimeProvider? time = null)
    {
        var rig = new LibraryRig(data, time);
        await rig.services.GetRequiredService<DatabasePreparation>().PrepareAsync(CancellationToken.None);
        return rig;
    }

    public static byte[] Jpeg(int width = 64, int height = 48, SKColor? colour = null)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour ?? SKColors.Teal);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    /// <summary>What lets the library's items go.</summary>
    /// <param name="reserve">In MB, until the test says something else.</param>
    /// <param name="time">Null: <see cref="Time"/>.</param>
    public MediaRetention Retention(int reserve = 0, TimeProvider? time = null) => new(
        Library, Files, Settings, Options.Create(new MediaOptions { Reserve = reserve }), time ?? Time, NullLogger<MediaRetention>.Instance);

    public Task<MediaItem> AddAsync(NewMedia? media = null, byte[]? content = null) => Library.AddAsync(
        Callers.Operator, media ?? new NewMedia(MediaKind.Still, "image"), content ?? Jpeg(), CancellationToken.None);

    public async Task<IReadOnlyList<MediaEntry>> AllAsync(MediaQuery? query = null) =>
        (await Library.PageAsync(Callers.Viewer, (query ?? new()) with { Count = MediaQuery.MostPerPage }, CancellationToken.None)).Entries;

    public async Task<string[]> NamesAsync(MediaQuery? query = null) => [.. (await AllAsync(query)).Select(entry => entry.Item.Name)];

    /// <summary>All files below the library's folder but the thumbnails.</summary>
    public string[] OnDisk() => Directory.Exists(Media)
        ? [.. Directory.GetFiles(Media, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Media, f))
            .Where(f => !f.StartsWith(".thumbnails", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    public async ValueTask DisposeAsync()
    {
        Storage.Dispose();
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        own?.Dispose();
    }
}

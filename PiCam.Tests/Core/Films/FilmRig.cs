using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Films;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Films;

/// <summary>A library with a run of pictures, and a maker of films over an encoder of the test's choice.</summary>
internal sealed class FilmRig : IAsyncDisposable
{
    public const string Run = "run";

    private readonly MediaUpkeep upkeep;

    private FilmRig(LibraryRig library, IFilmEncoder encoder, MemorySettingsStore store)
    {
        (Library, Encoder, Store) = (library, encoder, store);
        upkeep = new MediaUpkeep(library.Library, library.Time, NullLogger<MediaUpkeep>.Instance);
        Maker = New();
    }

    public LibraryRig Library { get; }

    public IFilmEncoder Encoder { get; }

    public MemorySettingsStore Store { get; }

    public FilmMaker Maker { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="encoder">Makes the films.</param>
    /// <param name="pictures">How many the run has.</param>
    /// <param name="data">A data folder that outlasts the rig; null: one of its own.</param>
    public static async Task<FilmRig> StartAsync(IFilmEncoder encoder, int pictures = 0, string? data = null)
    {
        var rig = new FilmRig(await LibraryRig.StartAsync(data, data is null ? null : TimeProvider.System), encoder, new MemorySettingsStore());
        for (var n = 0; n < pictures; n++)
        {
            await rig.AddAsync(TestPictures.Jpeg(64, 48, new SKColor((byte)(n * 9), 120, 90)));
        }

        await rig.upkeep.StartAsync(Token);
        await rig.upkeep.Reconciled.WaitAsync(Token);
        await rig.Maker.StartAsync(Token);
        return rig;
    }

    /// <summary>The next picture of the run.</summary>
    public async Task<MediaItem> AddAsync(byte[] jpeg)
    {
        Library.Clock.Advance(TimeSpan.FromSeconds(1));
        return await Library.AddAsync(new NewMedia(MediaKind.TimeLapse, "image") { Sequence = Run }, jpeg);
    }

    public Task<Film> MakeAsync(FilmSettings? settings = null, string? name = null) =>
        Maker.MakeAsync(Callers.Operator, Run, settings ?? new FilmSettings(), name, Token);

    /// <summary>Asks for a film and waits until it is over.</summary>
    public async Task<Film> OverAsync(FilmSettings? settings = null, string? name = null) => await OverAsync((await MakeAsync(settings, name)).Id);

    public async Task<Film> OverAsync(string id)
    {
        await Eventually.TrueAsync(() => Maker.Find(id).IsOver, "the film is over", Token);
        return Maker.Find(id);
    }

    public Task BecomesAsync(string id, FilmState state) => Eventually.TrueAsync(() => Maker.Find(id).State == state, $"the film is {state}", Token);

    /// <summary>The films in the library.</summary>
    public async Task<IReadOnlyList<MediaItem>> FilmsAsync() =>
        [.. (await Library.AllAsync(new MediaQuery { Kinds = [MediaKind.Film] })).Select(entry => entry.Item)];

    /// <summary>How many pictures of the run are there.</summary>
    public Task<int> PicturesAsync() => Maker.CountAsync(Callers.Viewer, Run, Token);

    /// <summary>Another panel on the same disk, as after a power cut: the old one is not asked.</summary>
    public async Task RestartAsync()
    {
        Maker = New();
        await Maker.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Maker.StopAsync(CancellationToken.None);
        Maker.Dispose();
        await upkeep.StopAsync(CancellationToken.None);
        upkeep.Dispose();
        await Library.DisposeAsync();
    }

    private FilmMaker New() => new(Encoder, Library.Library, upkeep, Library.Storage, Store, Library.Time, NullLogger<FilmMaker>.Instance);
}

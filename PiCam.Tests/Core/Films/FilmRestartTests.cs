using PiCam.Core.Films;
using PiCam.Core.Settings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Films;

/// <summary>What is not over when the panel stops.</summary>
public sealed class FilmRestartTests
{
    private readonly FakeFilmEncoder encoder = new() { BeforeEnd = token => Task.Delay(Timeout.Infinite, token) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Film_PanelStoppedInTheMiddle_IsBegunAgain()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        var settings = new FilmSettings { FramesPerSecond = 7, Deflicker = true, Height = 99, Quality = 3 };
        var film = await rig.MakeAsync(settings, "Sunrise");

        // More often than a film is begun again after a crash.
        for (var n = 0; n <= FilmMaker.MostStarts; n++)
        {
            await rig.BecomesAsync(film.Id, FilmState.Making);
            await rig.Maker.StopAsync(Token);
            await rig.RestartAsync();
        }

        encoder.BeforeEnd = _ => Task.CompletedTask;
        await rig.Maker.StopAsync(Token);
        await rig.RestartAsync();

        var done = await rig.OverAsync(film.Id);
        Assert.Equal((FilmState.Done, settings, film.By, film.AskedAt), (done.State, done.Settings, done.By, done.AskedAt));
        Assert.Equal("Sunrise", Assert.Single(await rig.FilmsAsync()).Name);
        Assert.Equal(4, rig.Library.OnDisk().Length);
        await rig.RestartAsync();
        Assert.Empty(rig.Maker.All);
    }

    [Fact]
    public async Task Film_PanelKilledEachTime_IsGivenUpAfterThreeTimes()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        var film = await rig.MakeAsync();
        for (var n = 0; n < FilmMaker.MostStarts; n++)
        {
            await Eventually.TrueAsync(() => encoder.Plans.Count == n + 1, "it is begun", Token);

            // The old one goes on in its world, as if it had been killed: nobody hears of it any more.
            await rig.RestartAsync();
        }

        var given = await rig.OverAsync(film.Id);
        Assert.Equal((FilmState.Failed, FilmFault.Interrupted), (given.State, given.Fault));
        Assert.Equal(3, await rig.PicturesAsync());
    }

    [Fact]
    public async Task Film_PanelKilledJustAfterItWasKept_IsNotMadeTwiceAndNoPictureGoes()
    {
        encoder.BeforeEnd = _ => Task.CompletedTask;
        await using var rig = await FilmRig.StartAsync(encoder, 3);

        // The last save, that it is over, never happens: the first takes it down, the second that it is begun.
        var saves = 0;
        rig.Store.BeforeSave = () => ++saves > 2 ? throw new IOException("no power") : Task.CompletedTask;
        var film = await rig.OverAsync(new FilmSettings { FramesPerSecond = 5 });
        rig.Store.BeforeSave = () => Task.CompletedTask;
        var stored = await ((ISettingsStore)rig.Store).LoadAsync<StoredFilms>("films", Token);
        await rig.Store.SaveAsync("films", new StoredFilms([stored!.Films[0] with { Film = stored.Films[0].Film with { Settings = new FilmSettings { RemovesPictures = true } } }]), Token);

        await rig.RestartAsync();

        var again = await rig.OverAsync(film.Id);
        Assert.Equal((FilmState.Done, film.MediaId, FilmFault.InterruptedAfter), (again.State, again.MediaId, again.Fault));
        Assert.Single(await rig.FilmsAsync());
        Assert.Single(encoder.Plans);
        Assert.Equal(3, await rig.PicturesAsync());
    }
}

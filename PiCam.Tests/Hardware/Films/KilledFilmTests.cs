using PiCam.Core.Media;
using PiCam.Tests.Core.Films;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Films;

/// <summary>kill -9 in the middle of a film. This same test program, run again, makes it.</summary>
public sealed class KilledFilmTests
{
    private const string FolderVariable = "PICAM_TEST_FILM";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_AtAnyTime_LeavesNoHalfFilmNoFfmpegAndEveryPicture()
    {
        using var folder = new TemporaryFolder();
        var data = folder["data"];
        int pictures;
        await using (var rig = await FilmRig.StartAsync(FilmTests.Encoder(), data: data))
        {
            await FilmTests.AddManyAsync(rig);
            pictures = await rig.PicturesAsync();
        }

        for (var round = 0; round < LongRun.Kills; round++)
        {
            await OwnProgram.KillAsync(
                typeof(KilledFilmTests), nameof(MakeFilm), (FolderVariable, data), () => SystemProcess.WithArgument(Path.Combine(data, "media")).Count > 0, "ffmpeg runs", TimeSpan.FromSeconds(1.5));

            await Eventually.TrueAsync(() => SystemProcess.WithArgument(Path.Combine(data, "media")).Count == 0, "ffmpeg has gone, too", Token);
            await using var library = await LibraryRig.StartAsync(data, TimeProvider.System);
            await library.Library.ReconcileAsync(Token);
            var films = (await library.AllAsync(new MediaQuery { Kinds = [MediaKind.Film] })).Select(entry => entry.Item).ToList();
            Assert.Empty(await library.AllAsync(new MediaQuery { Kinds = [MediaKind.Recording] }));
            foreach (var film in films)
            {
                Assert.Equal(pictures, (await FilmProbe.ReadAsync(Path.Combine(library.Media, film.Path))).Frames);
                await library.Library.DeleteAsync(Callers.Operator, [film.Id]);
            }

            Assert.Equal(pictures, (await library.Library.IdsAsync(Callers.Viewer, new MediaQuery { Sequence = FilmRig.Run }, Token)).Count);
        }
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task MakeFilm()
    {
        await using var rig = await FilmRig.StartAsync(FilmTests.Encoder(), data: Environment.GetEnvironmentVariable(FolderVariable)!);
        while (true)
        {
            await rig.OverAsync();
        }
    }
}

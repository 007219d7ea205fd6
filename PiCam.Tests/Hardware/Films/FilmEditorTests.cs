using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Films;

/// <summary>What is taken out of recordings, of both kinds: by the real ffmpeg, and without it from the camera's own JPEGs.</summary>
public sealed class FilmEditorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RecordingFormat> Formats => new(Enum.GetValues<RecordingFormat>());

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Still_OfAnyFrame_ShowsThatFrameAndItsTime(RecordingFormat format)
    {
        await using var rig = await RecordingRig.StartAsync();
        var film = await RecordAsync(rig, format);
        var editor = new FilmEditor(rig.Library.Library, rig.Library.Films);
        foreach (var number in (int[])[0, 40, 89])
        {
            var at = rig.Sent[number] - rig.Sent[0];

            var still = await editor.TakeStillAsync(Callers.Operator, film.Id, at, Token);

            Assert.Equal(RecordingRig.BarAt(number + 1), Bar(await File.ReadAllBytesAsync(rig.File(still), Token)), 2.0);
            Assert.Equal((MediaKind.Still, film.Size, "otto"), (still.Kind, still.Size, still.By));
            Assert.Equal(film.TakenAt + at, still.TakenAt, TimeSpan.FromMilliseconds(1));
            Assert.StartsWith(film.Name, still.Name, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Clip_HasTheFramesBetweenFromTheLastKeyFrameOn(RecordingFormat format)
    {
        await using var rig = await RecordingRig.StartAsync();
        var film = await RecordAsync(rig, format);
        var before = await File.ReadAllBytesAsync(rig.File(film), Token);
        var editor = new FilmEditor(rig.Library.Library, rig.Library.Films);

        var clip = await editor.CutAsync(Callers.Operator, film.Id, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.5), Token);

        // A key frame comes every second.
        var early = format == RecordingFormat.H264 ? 15 : 0;
        var frames = await PacketProbe.TimesAsync(rig.File(clip));
        Assert.InRange(frames.Count, 29 + early, 31 + early);
        Assert.Equal(1 + (early / 30.0), clip.Duration!.Value.TotalSeconds, 0.05);
        Assert.Equal((MediaKind.Recording, film.Size, Path.GetExtension(film.Path)), (clip.Kind, clip.Size, Path.GetExtension(clip.Path)));
        var first = await rig.Library.Library.FrameAsync(Callers.Viewer, clip, TimeSpan.Zero, Token);
        Assert.Equal(RecordingRig.BarAt(46 - early), Bar(first!), 2.0);
        Assert.Equal(before, await File.ReadAllBytesAsync(rig.File(film), Token));
    }

    [Fact]
    public async Task Edit_BeyondTheFilmOrByAViewer_IsRefusedAndNothingIsLeft()
    {
        await using var rig = await RecordingRig.StartAsync();
        var film = await RecordAsync(rig, RecordingFormat.H264);
        var picture = await rig.Library.AddAsync();
        var editor = new FilmEditor(rig.Library.Library, rig.Library.Films);

        var errors = (await Assert.ThrowsAsync<InvalidValueException>(
            () => editor.CutAsync(Callers.Operator, film.Id, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(3.5), Token))).Errors;
        Assert.Equal([("begin", "-1 s", "0 to 3 s"), ("end", "3.5 s", "-0.9 to 3 s")], errors.Select(e => (e.Field, e.Value, e.Allowed.English)));
        await Assert.ThrowsAsync<InvalidValueException>(() => editor.CutAsync(Callers.Operator, film.Id, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), Token));
        await Assert.ThrowsAsync<InvalidValueException>(() => editor.TakeStillAsync(Callers.Operator, film.Id, TimeSpan.FromSeconds(3.1), Token));
        await Assert.ThrowsAsync<AccessRefusedException>(() => editor.TakeStillAsync(Callers.Viewer, film.Id, TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<AccessRefusedException>(() => editor.CutAsync(Callers.Viewer, film.Id, TimeSpan.Zero, TimeSpan.FromSeconds(1), Token));
        await Assert.ThrowsAsync<MediaMissingException>(() => editor.TakeStillAsync(Callers.Operator, picture.Id, TimeSpan.Zero, Token));

        // Of what is no film, for all its name.
        await File.WriteAllTextAsync(rig.File(film), "no film", Token);
        await Assert.ThrowsAsync<FilmFileException>(() => editor.TakeStillAsync(Callers.Operator, film.Id, TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<FilmFileException>(() => editor.CutAsync(Callers.Operator, film.Id, TimeSpan.Zero, TimeSpan.FromSeconds(1), Token));
        Assert.Equal(2, (await rig.Library.AllAsync()).Count);
        Assert.Equal(2, rig.Library.OnDisk().Length);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task SmallPictures_OfAFilm_AreMadeOnceAndGoWithIt(RecordingFormat format)
    {
        await using var rig = await RecordingRig.StartAsync();
        var film = await RecordAsync(rig, format);
        var library = rig.Library.Library;

        var thumbnail = await library.ThumbnailAsync(Callers.Viewer, film, Token);
        var strip = await library.FilmstripAsync(Callers.Viewer, film, Token);

        // A third into it; and ten pictures of 320×180 at half their size, one after the other.
        Assert.Equal(RecordingRig.BarAt(31), Bar(thumbnail!), 2.0);
        var bounds = SKBitmap.DecodeBounds(strip);
        Assert.Equal((10 * Filmstrip.Width, 90), (bounds.Width, bounds.Height));
        for (var i = 0; i < Filmstrip.Count; i++)
        {
            Assert.Equal(RecordingRig.BarAt((9 * i) + 1) / 2.0, Bar(strip!, i * Filmstrip.Width, Filmstrip.Width), 3.0);
        }

        // Without the film they are still there, until it is deleted for good.
        var content = await File.ReadAllBytesAsync(rig.File(film), Token);
        File.Delete(rig.File(film));
        Assert.Equal(strip, await library.FilmstripAsync(Callers.Viewer, film, Token));
        Assert.Equal(thumbnail, await library.ThumbnailAsync(Callers.Viewer, film, Token));
        await File.WriteAllBytesAsync(rig.File(film), content, Token);
        await library.DeleteAsync(Callers.Operator, [film.Id]);
        await library.LetGoAsync(10, long.MaxValue, Token);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(rig.Library.Media, ".thumbnails"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task SmallPictures_WithoutFfmpegOrOfABrokenFilm_AreNone()
    {
        await using var rig = await RecordingRig.StartAsync();
        var film = await RecordAsync(rig, RecordingFormat.H264);
        await File.WriteAllTextAsync(rig.File(film), "no film", Token);

        Assert.Null(await rig.Library.Library.ThumbnailAsync(Callers.Viewer, film, Token));
        Assert.Null(await rig.Library.Library.FilmstripAsync(Callers.Viewer, film, Token));
        Assert.Null(await rig.Library.Library.FrameAsync(Callers.Viewer, film, TimeSpan.Zero, Token));
        Assert.Equal(FilmContent.Nothing, await rig.Library.Films.InspectAsync(rig.File(film), Token));
    }

    // Three seconds, thirty frames each.
    private static async Task<MediaItem> RecordAsync(RecordingRig rig, RecordingFormat format)
    {
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero, Format = format });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, 90));
        return Assert.Single(await rig.StopAsync());
    }

    // Where the orange bar begins, in pixels from the left of a part of the picture.
    private static double Bar(byte[] jpeg, int left = 0, int width = int.MaxValue)
    {
        using var picture = SKBitmap.Decode(jpeg);
        var end = Math.Min(picture.Width, left + (long)width);
        return Enumerable.Range(left, (int)end - left).First(x => picture.GetPixel(x, picture.Height / 2) is var pixel && pixel.Red > pixel.Blue + 40) - left;
    }
}

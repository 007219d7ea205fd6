using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Films;
using PiCam.Core.Stills;
using PiCam.Hardware.Films;
using PiCam.Tests.Core.Films;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Films;

/// <summary>Films by the real ffmpeg, looked at by ffprobe.</summary>
public sealed class FilmTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Film_OfVariedPictures_HasEachOfThemAtTheRateAndSizeAskedFor()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        for (var n = 0; n < 30; n++)
        {
            await rig.AddAsync(Grey(322, 240, n * 8));
        }

        var film = await rig.OverAsync(new FilmSettings { FramesPerSecond = 12, Height = 121 });

        Assert.Equal((FilmState.Done, 0, null), (film.State, film.Skipped, film.Fault));
        var item = Assert.Single(await rig.FilmsAsync());
        Assert.Equal(new FilmProbe(30, 162, 120, "12/1", "h264", "yuv420p", 2.5), await FilmProbe.ReadAsync(PathOf(rig, item.Path)));
        Assert.Equal(("162×120", TimeSpan.FromSeconds(2.5)), ($"{item.Size}", item.Duration));

        // In order, and none twice.
        var frames = await FilmProbe.FieldsAsync(PathOf(rig, item.Path), 1, 1);
        Assert.All(frames.Index(), frame => Assert.InRange(frame.Item[0], (frame.Index * 8) - 4, (frame.Index * 8) + 4));

        // The index is at the beginning, so that it plays while it is still being sent.
        var bytes = await File.ReadAllBytesAsync(PathOf(rig, item.Path), Token);
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task Film_OfPicturesOfDifferentSizesAndColourFormats_HasAllOfThem()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        for (var n = 0; n < 4; n++)
        {
            await rig.AddAsync(Grey(320, 240, 200));
            await rig.AddAsync(Grey(640, 360, 200));
            await rig.AddAsync(Encoded(bitmap => bitmap.Erase(new SKColor(200, 200, 200)), 200, 300, SKJpegEncoderDownsample.Downsample444));
        }

        var film = await rig.OverAsync();

        Assert.Equal((FilmState.Done, 12, 0), (film.State, film.Done, film.Skipped));
        var path = PathOf(rig, (await rig.FilmsAsync()).Single().Path);
        var probe = await FilmProbe.ReadAsync(path);
        Assert.Equal((12, 320, 240), (probe.Frames, probe.Width, probe.Height));

        // Of a narrow one the middle is there, and black beside it.
        var narrow = (await FilmProbe.FieldsAsync(path, 3, 1))[2];
        Assert.True(narrow[0] < 60 && narrow[3] > 190 && narrow[6] < 60, string.Join(' ', narrow));

        // What deflicker holds back comes out at the end.
        film = await rig.OverAsync(new FilmSettings { Deflicker = true });
        Assert.Equal((FilmState.Done, 12, 0), (film.State, film.Done, film.Skipped));
    }

    [Theory]
    [InlineData(200, 60, 40)]
    [InlineData(30, 140, 220)]
    [InlineData(250, 250, 250)]
    public async Task Film_OfAColour_ShowsThatColour(byte red, byte green, byte blue)
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        for (var n = 0; n < 3; n++)
        {
            await rig.AddAsync(TestPictures.Jpeg(160, 120, new SKColor(red, green, blue)));
        }

        await rig.OverAsync(new FilmSettings { Quality = 100 });

        var frame = (await FilmProbe.FieldsAsync(PathOf(rig, (await rig.FilmsAsync()).Single().Path), 1, 1))[1];
        Assert.InRange(frame[0], red - 5, red + 5);
        Assert.InRange(frame[1], green - 5, green + 5);
        Assert.InRange(frame[2], blue - 5, blue + 5);
    }

    [Theory]
    [InlineData(1, "RG/BW")]
    [InlineData(2, "GR/WB")]
    [InlineData(3, "WB/GR")]
    [InlineData(4, "BW/RG")]
    [InlineData(5, "RB/GW")]
    [InlineData(6, "BR/WG")]
    [InlineData(7, "WG/BR")]
    [InlineData(8, "GW/RB")]
    public async Task Film_OfPicturesThatAreToBeTurned_IsUpright(int orientation, string corners)
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        var picture = Encoded(
            bitmap =>
            {
                using var canvas = new SKCanvas(bitmap);
                canvas.Clear(SKColors.White);
                using var paint = new SKPaint();
                foreach (var (colour, x, y) in new[] { (SKColors.Red, 0, 0), (SKColors.Lime, 80, 0), (SKColors.Blue, 0, 60) })
                {
                    paint.Color = colour;
                    canvas.DrawRect(x, y, 80, 60, paint);
                }
            },
            160,
            120);
        for (var n = 0; n < 2; n++)
        {
            await rig.AddAsync(Exif.Write(picture, new ExifFields { Orientation = orientation }));
        }

        await rig.OverAsync();

        var path = PathOf(rig, (await rig.FilmsAsync()).Single().Path);
        var probe = await FilmProbe.ReadAsync(path);
        Assert.Equal(orientation >= 5 ? (120, 160) : (160, 120), (probe.Width, probe.Height));
        var pixels = (await FilmProbe.FieldsAsync(path, 2, 2))[1].Chunk(3).Select(pixel => pixel switch
        {
            [> 128, > 128, > 128] => 'W',
            [> 128, _, _] => 'R',
            [_, > 128, _] => 'G',
            _ => 'B',
        }).ToArray();
        Assert.Equal(corners, $"{pixels[0]}{pixels[1]}/{pixels[2]}{pixels[3]}");
    }

    [Fact]
    public async Task Deflicker_OfAFlickeringScene_EvensItOutAndKeepsEachPicture()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        var random = new Random(3);
        for (var n = 0; n < 40; n++)
        {
            await rig.AddAsync(Grey(160, 120, 110 + random.Next(-30, 31)));
        }

        var raw = await FlickerAsync(rig, new FilmSettings());
        var even = await FlickerAsync(rig, new FilmSettings { Deflicker = true });

        Assert.True(even < raw / 3, $"Brightness jumps by {raw:0.0} from frame to frame, deflickered by {even:0.0}.");
    }

    [Fact]
    public async Task Pictures_CorruptInTheMiddle_AreLeftOutAndCounted()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        var damaged = TestPictures.Gradient(320, 240);
        var scan = damaged.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 40;
        damaged.AsSpan(scan, 200).Fill(0xAA);
        for (var n = 0; n < 12; n++)
        {
            await rig.AddAsync(n == 4 ? damaged : n == 8 ? TestPictures.Gradient(320, 240)[..2000] : Grey(320, 240, n * 20));
        }

        var film = await rig.OverAsync(new FilmSettings { RemovesPictures = true });

        Assert.Equal((FilmState.Done, 2, FilmFault.PicturesKept("1")), (film.State, film.Skipped, film.Fault));
        Assert.Equal(12, await rig.PicturesAsync());
        var probe = await FilmProbe.ReadAsync(PathOf(rig, (await rig.FilmsAsync()).Single().Path));
        Assert.Equal((10, 0.4), (probe.Frames, probe.Seconds));
    }

    [Fact]
    public async Task Cancel_WhileFfmpegWorks_LeavesNoFileAndNoProcess()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        await AddManyAsync(rig);
        var before = rig.Library.OnDisk();
        var film = await rig.MakeAsync();
        await Eventually.TrueAsync(() => rig.Maker.Find(film.Id).Done > 0, "the film grows", Token);
        var ffmpeg = Assert.Single(SystemProcess.WithArgument(rig.Library.Media));
        Assert.Equal("19", NiceOf(ffmpeg));
        Assert.NotNull(rig.Maker.Find(film.Id).TimeLeft);

        await rig.Maker.CancelAsync(Callers.Operator, film.Id);

        Assert.Equal(FilmState.Cancelled, rig.Maker.Find(film.Id).State);
        Assert.False(SystemProcess.Runs(ffmpeg));
        Assert.Equal(before, rig.Library.OnDisk());
    }

    [Fact]
    public async Task Ffmpeg_KilledInTheMiddle_IsSaidAndLeavesNothing()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        await AddManyAsync(rig);
        var before = rig.Library.OnDisk();
        var film = await rig.MakeAsync();
        await Eventually.TrueAsync(() => SystemProcess.WithArgument(rig.Library.Media).Count == 1, "ffmpeg runs", Token);

        SystemProcess.Signal(SystemProcess.WithArgument(rig.Library.Media)[0], SystemProcess.SigKill);

        var failed = await rig.OverAsync(film.Id);
        Assert.Equal((FilmState.Failed, "film.failed"), (failed.State, failed.Fault!.Code));
        Assert.Equal(before, rig.Library.OnDisk());
    }

    [Fact]
    public async Task Ffmpeg_MissingOrWithoutH264_IsSaidBeforeAnythingIsBegun()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(FilmFault.NoFfmpeg, await Encoder(folder["ffmpeg"]).FaultAsync(Token));
        Assert.Equal(FilmFault.NoEncoder, await Encoder(folder.Script("old", "echo ' V.S... mpeg4   MPEG-4 part 2'")).FaultAsync(Token));
        Assert.Equal("film.failed", (await Encoder(folder.Script("broken", "echo 'no such library' >&2; exit 127")).FaultAsync(Token))!.Code);
        Assert.Null(await Encoder().FaultAsync(Token));
    }

    [Fact]
    public async Task Count_OfAFilmThatIsCutOff_IsLessThanItHad()
    {
        await using var rig = await FilmRig.StartAsync(Encoder());
        for (var n = 0; n < 30; n++)
        {
            await rig.AddAsync(TestPictures.Gradient(320, 200 + n));
        }

        await rig.OverAsync();
        using var folder = new TemporaryFolder();
        var whole = await File.ReadAllBytesAsync(PathOf(rig, (await rig.FilmsAsync()).Single().Path), Token);
        await File.WriteAllBytesAsync(folder["whole.mp4"], whole, Token);
        await File.WriteAllBytesAsync(folder["cut.mp4"], whole[..(whole.Length * 2 / 3)], Token);
        await File.WriteAllBytesAsync(folder["none.mp4"], whole[..100], Token);

        Assert.Equal(30, await Encoder().CountAsync(folder["whole.mp4"], _ => { }, Token));
        Assert.InRange(await Encoder().CountAsync(folder["cut.mp4"], _ => { }, Token), 1, 29);
        await Assert.ThrowsAsync<FilmFailedException>(() => Encoder().CountAsync(folder["none.mp4"], _ => { }, Token));
    }

    internal static FfmpegFilmEncoder Encoder(string ffmpeg = "ffmpeg") => new(ffmpeg, TimeProvider.System, NullLogger<FfmpegFilmEncoder>.Instance);

    /// <summary>A run that takes ffmpeg a while.</summary>
    internal static async Task AddManyAsync(FilmRig rig)
    {
        var pictures = Enumerable.Range(0, 4).Select(n => TestPictures.Gradient(1920, 1080 - n)).ToArray();
        for (var n = 0; n < 100; n++)
        {
            await rig.AddAsync(pictures[n % pictures.Length]);
        }
    }

    private static string PathOf(FilmRig rig, string path) => Path.Combine(rig.Library.Media, path);

    private static byte[] Grey(int width, int height, int level) => TestPictures.Jpeg(width, height, new SKColor((byte)level, (byte)level, (byte)level));

    private static byte[] Encoded(Action<SKBitmap> draw, int width, int height, SKJpegEncoderDownsample colours = SKJpegEncoderDownsample.Downsample420)
    {
        using var bitmap = new SKBitmap(width, height);
        draw(bitmap);
        using var pixels = bitmap.PeekPixels() ?? throw new InvalidOperationException("No pixels.");
        using var data = pixels.Encode(new SKJpegEncoderOptions(95, colours, SKJpegEncoderAlphaOption.Ignore)) ?? throw new InvalidOperationException("No picture.");
        return data.ToArray();
    }

    // By how much brightness changes from frame to frame, on average.
    private static async Task<double> FlickerAsync(FilmRig rig, FilmSettings settings)
    {
        var film = await rig.OverAsync(settings);
        var item = await rig.Library.Library.FindAsync(Callers.Viewer, film.MediaId!, Token);
        var levels = (await FilmProbe.FieldsAsync(PathOf(rig, item.Path), 1, 1)).Select(frame => (int)frame[0]).ToList();
        Assert.Equal(film.Pictures, levels.Count);
        return levels.Zip(levels.Skip(1), (one, next) => Math.Abs(next - one)).Average();
    }

    // The 19th field of /proc/<id>/stat, the 17th after the name, which may hold anything.
    private static string NiceOf(int id)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }
}

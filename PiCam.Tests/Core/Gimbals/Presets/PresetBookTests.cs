using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Gimbals.Presets;

public sealed class PresetBookTests : IAsyncDisposable
{
    private readonly PresetRig rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Set_ThenGoto_LandsWhereItWasAndSurvivesARestart()
    {
        await rig.TurnAsync(33.3, -12.5);
        var preset = await rig.Presets.SetAsync(Callers.Operator, " Door ", withLook: false, Token);
        Assert.Equal(("Door", new PanTilt(33.3, -12.5)), (preset.Name, preset.Position));
        await rig.TurnAsync(-50, 40);

        var again = await rig.RestartedAsync();
        Assert.Equal([preset], again.All);
        await again.GotoAsync(Callers.Operator, preset.Id);
        await rig.UntilAsync(() => !rig.Gimbal.Status.Moving, "the gimbal rests");

        Assert.Equal(33.3, rig.Gimbal.Status.Position.Pan, 0.5);
        Assert.Equal(-12.5, rig.Gimbal.Status.Position.Tilt, 0.5);
    }

    [Fact]
    public async Task Set_WithLook_BringsTheControlsBackButNotHowThePictureIsSent()
    {
        await rig.Panel.GoLiveAsync();
        await rig.Panel.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(4), Brightness = 0.2, Quality = 50 });
        var preset = await rig.Presets.SetAsync(Callers.Operator, "Night", withLook: true, Token);
        await rig.Panel.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = null, Brightness = 0, Quality = 70 });

        await rig.Presets.GotoAsync(Callers.Operator, preset.Id);

        var asked = rig.Panel.Session.State.Asked;
        Assert.Equal((TimeSpan.FromMilliseconds(4), 0.2, 70), (asked.ExposureTime, asked.Brightness, asked.Quality));
    }

    [Fact]
    public async Task Set_LiveCamera_KeepsASmallPictureOfWhatWasSeen()
    {
        await rig.Panel.GoLiveAsync();
        rig.Panel.Camera.Send(PresetRig.Picture(SKColors.Orange));
        await Eventually.TrueAsync(() => rig.Panel.Session.Frames.Latest?.Jpeg.Length > 100, "the picture is there", Token);

        var preset = await rig.Presets.SetAsync(Callers.Operator, "Sun", withLook: false, Token);

        var jpeg = await rig.Presets.ThumbnailAsync(preset.Id, Token);
        using var small = SKBitmap.Decode(jpeg);
        Assert.Equal((192, 108), (small.Width, small.Height));
        var middle = small.GetPixel(96, 54);
        Assert.True(middle.Red > 230 && middle.Blue < 40, $"{middle}");
    }

    [Theory]
    [InlineData(true, Rotation.Rotate90, false, 108, 192, true)]
    [InlineData(true, Rotation.Rotate270, false, 108, 192, true)]
    [InlineData(false, Rotation.Rotate270, false, 108, 192, false)]
    [InlineData(false, Rotation.Rotate180, false, 192, 108, false)]
    [InlineData(false, Rotation.Rotate0, true, 192, 108, false)]
    [InlineData(true, Rotation.Rotate0, true, 192, 108, true)]
    public async Task Set_PictureThatThePageTurns_IsKeptAsItIsSeen(
        bool cameraFlips, Rotation rotation, bool mirrored, int width, int height, bool redFirst)
    {
        rig.Panel.Camera.Capabilities = FakeCamera.EveryControl with { Flips = cameraFlips };
        await rig.Panel.GoLiveAsync();
        await rig.Panel.Session.UpdateAsync(Callers.Operator, c => c with { Rotation = rotation, HorizontalFlip = mirrored });
        rig.Panel.Camera.Send(HalfAndHalf());
        await Eventually.TrueAsync(() => rig.Panel.Session.Frames.Latest?.Jpeg.Length > 100, "the picture is there", Token);

        var preset = await rig.Presets.SetAsync(Callers.Operator, "Turned", withLook: false, Token);

        using var small = SKBitmap.Decode(await rig.Presets.ThumbnailAsync(preset.Id, Token));
        Assert.Equal((width, height), (small.Width, small.Height));
        var first = small.GetPixel(8, 8);
        Assert.True(redFirst ? first is { Red: > 200, Blue: < 60 } : first is { Red: < 60, Blue: > 200 }, $"{first}");
        var last = small.GetPixel(width - 8, height - 8);
        Assert.True(redFirst ? last is { Red: < 60, Blue: > 200 } : last is { Red: > 200, Blue: < 60 }, $"{last}");
    }

    [Fact]
    public async Task Set_NoPictureToBeHad_IsSetAllTheSame()
    {
        var preset = await rig.Presets.SetAsync(Callers.Operator, "Dark", withLook: false, Token);

        Assert.Null(await rig.Presets.ThumbnailAsync(preset.Id, Token));
    }

    [Theory]
    [InlineData("", "1 to 40 characters")]
    [InlineData("   ", "1 to 40 characters")]
    [InlineData("12345678901234567890123456789012345678901", "1 to 40 characters")]
    [InlineData("a\nb", "1 to 40 characters")]
    [InlineData("DOOR", "a name that is not taken yet")]
    public async Task Set_NameThatCannotBe_IsRefusedAndNothingIsKept(string name, string allowed)
    {
        await rig.Presets.SetAsync(Callers.Operator, "Door", withLook: false, Token);

        var refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => rig.Presets.SetAsync(Callers.Operator, name, withLook: false, Token));

        Assert.Equal(("name", allowed), (refused.Errors[0].Field, refused.Errors[0].Allowed.English));
        Assert.Single(rig.Presets.All);
    }

    [Fact]
    public async Task RenameReplaceAndMove_DoThatAndNothingElse()
    {
        var a = await rig.Presets.SetAsync(Callers.Operator, "A", withLook: false, Token);
        var b = await rig.Presets.SetAsync(Callers.Operator, "B", withLook: false, Token);
        var c = await rig.Presets.SetAsync(Callers.Operator, "C", withLook: false, Token);

        await rig.Presets.RenameAsync(Callers.Operator, b.Id, "Bee");
        await rig.Presets.RenameAsync(Callers.Operator, b.Id, "bee");
        await rig.TurnAsync(10, 5);
        await rig.Presets.ReplaceAsync(Callers.Operator, c.Id, Token);
        await rig.Presets.MoveAsync(Callers.Operator, c.Id, 0);
        await rig.Presets.MoveAsync(Callers.Operator, a.Id, 99);

        Assert.Equal([c with { Position = new(10, 5) }, b with { Name = "bee" }, a], rig.Presets.All);
        await Assert.ThrowsAsync<PresetMissingException>(() => rig.Presets.RenameAsync(Callers.Operator, "gone", "X"));
    }

    [Fact]
    public async Task Remove_ThenRestore_IsAsBefore()
    {
        await rig.Panel.GoLiveAsync();
        rig.Panel.Camera.Send(PresetRig.Picture(SKColors.Orange));
        await Eventually.TrueAsync(() => rig.Panel.Session.Frames.Latest?.Jpeg.Length > 100, "the picture is there", Token);
        var a = await rig.Presets.SetAsync(Callers.Operator, "A", withLook: false, Token);
        var b = await rig.Presets.SetAsync(Callers.Operator, "B", withLook: false, Token);

        var removed = await rig.Presets.RemoveAsync(Callers.Operator, a.Id);
        Assert.Equal([b], rig.Presets.All);
        Assert.Null(await rig.Presets.ThumbnailAsync(a.Id, Token));
        await rig.Presets.RestoreAsync(Callers.Operator, removed);

        Assert.Equal([a, b], rig.Presets.All);
        Assert.NotNull(await rig.Presets.ThumbnailAsync(a.Id, Token));
    }

    [Fact]
    public async Task Restore_NameTakenMeanwhile_GetsASimilarOne()
    {
        var a = await rig.Presets.SetAsync(Callers.Operator, "A", withLook: false, Token);
        var removed = await rig.Presets.RemoveAsync(Callers.Operator, a.Id);
        await rig.Presets.SetAsync(Callers.Operator, "a", withLook: false, Token);

        await rig.Presets.RestoreAsync(Callers.Operator, removed);

        Assert.Equal(["A 2", "a"], rig.Presets.All.Select(p => p.Name));
    }

    [Fact]
    public async Task AnyChange_ByAViewer_IsRefused()
    {
        var preset = await rig.Presets.SetAsync(Callers.Operator, "A", withLook: false, Token);
        Func<Task>[] changes =
        [
            () => rig.Presets.SetAsync(Callers.Viewer, "B", withLook: false, Token),
            () => rig.Presets.ReplaceAsync(Callers.Viewer, preset.Id, Token),
            () => rig.Presets.RenameAsync(Callers.Viewer, preset.Id, "B"),
            () => rig.Presets.MoveAsync(Callers.Viewer, preset.Id, 0),
            () => rig.Presets.RemoveAsync(Callers.Viewer, preset.Id),
            () => rig.Presets.RestoreAsync(Callers.Viewer, new RemovedPreset(preset, 0)),
            () => rig.Presets.GotoAsync(Callers.Viewer, preset.Id),
        ];

        foreach (var change in changes)
        {
            await Assert.ThrowsAsync<AccessRefusedException>(change);
        }

        Assert.Equal([preset], rig.Presets.All);
    }

    /// <summary>What the camera sends: red on the left, blue on the right.</summary>
    private static byte[] HalfAndHalf()
    {
        using var bitmap = new SKBitmap(640, 360);
        using (var canvas = new SKCanvas(bitmap))
        using (var red = new SKPaint { Color = SKColors.Red })
        {
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, 320, 360, red);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}

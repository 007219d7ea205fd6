using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Photography.Looks;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Photography.Looks;

public sealed class LookBookTests : IAsyncDisposable
{
    private readonly PanelContext panel = new();

    public ValueTask DisposeAsync() => panel.DisposeAsync();

    [Fact]
    public async Task Apply_AfterARestart_BringsBackTheLookButNotZoomStreamOrOrientation()
    {
        var book = await StartAsync();
        var look = new CameraControls
        {
            ExposureTime = TimeSpan.FromMilliseconds(4),
            ColourTemperature = 3200,
            Contrast = 1.5,
            AeMeteringMode = AeMeteringMode.Spot,
            NoiseReductionMode = NoiseReductionMode.HighQuality,
        };
        await panel.Session.UpdateAsync(Callers.Operator, _ => look with { Quality = 50, Rotation = Rotation.Rotate180, ScalerCrop = new(400, 300, 1296, 729) });
        var saved = await book.SaveAsync(Callers.Operator, " Porch ");
        var elsewhere = CameraControls.Automatic with { Quality = 70, HorizontalFlip = true, AeFlickerMode = AeFlickerMode.Hz50 };
        await panel.Session.UpdateAsync(Callers.Operator, _ => elsewhere);

        var again = await RestartedAsync();
        Assert.Equal([saved], again.Own);
        Assert.Equal("Porch", saved.Name);
        await again.ApplyAsync(Callers.Operator, saved.Id);

        Assert.Equal(
            look with { Quality = 70, HorizontalFlip = true, AeFlickerMode = AeFlickerMode.Hz50 }, panel.Session.State.Asked);
    }

    [Fact]
    public async Task Apply_NightThenAuto_SixSecondsAtIso800WithoutAFixedRateAndBack()
    {
        var book = await StartAsync();
        await panel.Session.UpdateAsync(Callers.Operator, c => c with { FrameRate = 15 });

        await book.ApplyAsync(Callers.Operator, "night");
        Assert.Equal(CameraControls.Automatic with { ExposureTime = TimeSpan.FromSeconds(6), AnalogueGain = 8 }, panel.Session.State.Asked);

        await book.ApplyAsync(Callers.Operator, "auto");
        Assert.Equal(CameraControls.Automatic, panel.Session.State.Asked);
    }

    [Fact]
    public async Task Apply_CameraWithLess_ComesAsNearAsItCan()
    {
        panel.Camera.Capabilities = FakeCamera.EveryControl with
        {
            ExposureTime = new(TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10)),
            AnalogueGain = new(2, 4, 2),
            AeExposureModes = [],
        };
        var book = await StartAsync();
        await book.ApplyAsync(Callers.Operator, "night");
        Assert.Equal((TimeSpan.FromSeconds(1), 4.0), (panel.Session.State.Asked.ExposureTime, panel.Session.State.Asked.AnalogueGain));

        // It has neither of what makes "Indoor" differ from "Auto".
        Assert.Equal(["auto", "day", "night"], book.All.Select(look => look.Id));
    }

    [Fact]
    public async Task Remove_ThenRestore_IsWhereItWasUnderASimilarName()
    {
        var book = await StartAsync();
        var first = await book.SaveAsync(Callers.Operator, "One");
        await book.SaveAsync(Callers.Operator, "Two");

        var removed = await book.RemoveAsync(Callers.Operator, first.Id);
        Assert.Equal(["Two"], book.Own.Select(look => look.Name));
        await book.SaveAsync(Callers.Operator, "one");
        await book.RestoreAsync(Callers.Operator, removed);

        Assert.Equal(["One 2", "Two", "one"], book.Own.Select(look => look.Name));
        Assert.Equal(book.Own, (await RestartedAsync()).Own);
    }

    [Theory]
    [InlineData("")]
    [InlineData("porch")]
    [InlineData("Night")]
    [InlineData("12345678901234567890123456789012345678901")]
    public async Task Save_NameThatCannotBeUsed_IsRefused(string name)
    {
        var book = await StartAsync();
        var porch = await book.SaveAsync(Callers.Operator, "Porch");
        var door = await book.SaveAsync(Callers.Operator, "Door");

        await Assert.ThrowsAsync<InvalidValueException>(() => book.SaveAsync(Callers.Operator, name));
        await Assert.ThrowsAsync<InvalidValueException>(() => book.RenameAsync(Callers.Operator, door.Id, name));
        await book.RenameAsync(Callers.Operator, porch.Id, "PORCH");

        Assert.Equal(["PORCH", "Door"], book.Own.Select(look => look.Name));
    }

    [Fact]
    public async Task Save_MoreThanThereIsRoomFor_IsRefused()
    {
        var book = await StartAsync();
        await book.AddAsync(Callers.Operator, [.. Enumerable.Range(0, LookBook.Most).Select(i => ($"{i}", CameraControls.Automatic))]);

        await Assert.ThrowsAsync<InvalidValueException>(() => book.SaveAsync(Callers.Operator, "One more"));
        Assert.Equal(LookBook.Most, book.Own.Count);
    }

    [Fact]
    public async Task BuiltIn_RenameOrRemove_IsNotThere()
    {
        var book = await StartAsync();

        await Assert.ThrowsAsync<LookMissingException>(() => book.RenameAsync(Callers.Operator, "day", "Sun"));
        await Assert.ThrowsAsync<LookMissingException>(() => book.RemoveAsync(Callers.Operator, "day"));
        await Assert.ThrowsAsync<LookMissingException>(() => book.ApplyAsync(Callers.Operator, "dusk"));
    }

    [Fact]
    public async Task Anything_ByAViewer_IsRefused()
    {
        var book = await StartAsync();
        var look = await book.SaveAsync(Callers.Operator, "Porch");

        await Assert.ThrowsAsync<AccessRefusedException>(() => book.ApplyAsync(Callers.Viewer, "day"));
        await Assert.ThrowsAsync<AccessRefusedException>(() => book.SaveAsync(Callers.Viewer, "Mine"));
        await Assert.ThrowsAsync<AccessRefusedException>(() => book.AddAsync(Callers.Viewer, []));
        await Assert.ThrowsAsync<AccessRefusedException>(() => book.RenameAsync(Callers.Viewer, look.Id, "Mine"));
        await Assert.ThrowsAsync<AccessRefusedException>(() => book.RemoveAsync(Callers.Viewer, look.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => book.RestoreAsync(Callers.Viewer, new RemovedLook(look, 0)));
        Assert.Equal(CameraControls.Automatic, panel.Session.State.Asked);
    }

    private async Task<LookBook> StartAsync()
    {
        await panel.GoLiveAsync();
        return await RestartedAsync();
    }

    private async Task<LookBook> RestartedAsync()
    {
        var book = new LookBook(panel.Session, panel.Store);
        await book.StartAsync(TestContext.Current.CancellationToken);
        return book;
    }
}
